import { expect, test } from 'vitest';
import { privacyPages, put, stalePrivacyPages } from './generate-privacy-docs.ts';

test('the pages of docs/security say what the definitions say', () => {
  expect(stalePrivacyPages(privacyPages())).toEqual([]);
});

test('a page that says something else is told', () => {
  const pages = privacyPages();
  pages.set('privacy.md', 'other text');
  expect(stalePrivacyPages(pages)).toEqual(['privacy.md']);
});

test('a page without marks is no page to write into', () => {
  expect(() => put('nothing', 'tables', 'rows')).toThrow('no marks for "tables"');
});

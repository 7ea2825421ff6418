import { expect, test } from 'vitest';
import { stalePages, toolPages } from './generate-tool-docs.ts';

test('docs/tools holds one page per registered tool, as its definition says', async () => {
  expect(stalePages(await toolPages())).toEqual([]);
});

test('a page that is missing, changed or orphaned is told', async () => {
  const pages = await toolPages();
  pages.delete('list_work.md');
  pages.set('get_work.md', 'other text');
  pages.set('a_new_tool.md', 'text');
  expect(stalePages(pages)).toEqual(['a_new_tool.md', 'get_work.md', 'list_work.md']);
});

import { expect, test } from 'vitest';
import { codeHostName, repositoryPage, trustedPage, workPage } from './code-host.ts';

test('remote addresses of known hosts become their https page', () => {
  const page = 'https://github.com/acme/api';
  for (const address of [
    'https://github.com/acme/api.git',
    'https://github.com/acme/api/',
    'git@github.com:acme/api.git',
    'ssh://git@github.com/acme/api.git',
  ]) {
    expect(repositoryPage(address)).toBe(page);
  }
  expect(codeHostName(page)).toBe('GitHub');
});

test('everything else becomes no link', () => {
  for (const address of [
    null,
    '',
    '/srv/git/api.git',
    'http://github.com/acme/api',
    'javascript:alert(1)',
    'https://user:secret@github.com/acme/api',
    'https://github.com.evil.example/acme/api',
    'https://github.com:8443/acme/api',
    'https://constructor/acme/api',
    'https://github.com/only-owner',
    `https://github.com/${'a'.repeat(600)}/b`,
  ]) {
    expect(repositoryPage(address)).toBeNull();
  }
  expect(repositoryPage('https://github.com/acme/api?x=<script>')).toBe(
    'https://github.com/acme/api',
  );
  expect(repositoryPage('https://git.acme.example/acme/api')).toBeNull();
});

test('pull requests, commits and releases lead to the page of their host', () => {
  expect(workPage('https://github.com/a/b', '#12')).toBe('https://github.com/a/b/pull/12');
  expect(workPage('https://gitlab.com/a/b', '!12')).toBe(
    'https://gitlab.com/a/b/-/merge_requests/12',
  );
  expect(workPage('https://bitbucket.org/a/b', '0abc123de')).toBe(
    'https://bitbucket.org/a/b/commits/0abc123de',
  );
  expect(workPage('https://codeberg.org/a/b', 'v1/"x', true)).toBe(
    'https://codeberg.org/a/b/releases/tag/v1%2F%22x',
  );
});

test('a key of no known form leads nowhere', () => {
  for (const key of ['', '#', '#12x', '../..', 'PROJ-7', '<b>']) {
    expect(workPage('https://github.com/a/b', key)).toBeNull();
  }
  expect(workPage(null, '#12')).toBeNull();
});

test('an address from a stored report is trusted only on a known host', () => {
  expect(trustedPage('https://github.com/a/b/pull/1')).toBe('https://github.com/a/b/pull/1');
  for (const address of [
    'javascript:alert(1)',
    'https://evil.example/',
    'data:text/html,x',
    null,
  ]) {
    expect(trustedPage(address)).toBeNull();
  }
});

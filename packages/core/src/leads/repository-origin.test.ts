import { expect, test } from 'vitest';
import { normaliseOrigin } from './repository-origin.ts';

test.each([
  'https://host.example/acme/widgets',
  'https://host.example/acme/widgets.git',
  'https://user:p@ss@HOST.example:8443/Acme/Widgets.git/',
  'http://www.host.example//acme/widgets?tab=readme#top',
  'git@host.example:acme/widgets.git',
  'host.example:acme/widgets',
  'ssh://git@host.example:22/acme/widgets',
  'ssh://git@ssh.host.example:443/acme/widgets.git',
  'git+ssh://git@host.example/acme/widgets',
  'git://host.example/acme/widgets.git',
])('%s is one place', (address) => {
  expect(normaliseOrigin(address)).toBe('host.example/acme/widgets');
});

test('groups inside groups stay apart', () => {
  expect(normaliseOrigin('https://host.example/acme/tools/widgets.git')).toBe(
    'host.example/acme/tools/widgets',
  );
});

test.each([
  '/srv/git/widgets.git',
  'C:\\work\\widgets',
  'file:///srv/widgets',
  'widgets',
  '',
  'https://host.example/',
])('%s names no place that two sources could share', (address) => {
  expect(normaliseOrigin(address)).toBeNull();
});

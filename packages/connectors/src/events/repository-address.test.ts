import { describe, expect, it } from 'vitest';
import { readRepositoryAddress } from './repository-address.ts';

describe('the address of a repository', () => {
  it.each([
    'https://forge.example/acme/web',
    'https://FORGE.example/Acme/Web.git',
    'https://www.forge.example:8443/acme/web/',
    'ssh://git@forge.example/acme/web.git',
    'ssh://ssh.forge.example:443/acme/web',
    'git@forge.example:acme/web.git',
  ])('%s names its place', (address) => {
    expect(readRepositoryAddress(address)).toEqual({ host: 'forge.example', path: 'acme/web' });
  });

  it('may lie deeper, or have no owner', () => {
    expect(readRepositoryAddress('https://forge.example/a/b/~c/d')?.path).toBe('a/b/~c/d');
    expect(readRepositoryAddress('https://forge.example/web')?.path).toBe('web');
  });

  it.each([
    ['a user', 'https://ada@forge.example/acme/web'],
    ['a token', 'https://x-access-token:ghs_secret@forge.example/acme/web'],
    ['a person in ssh', 'ssh://ada@forge.example/acme/web'],
    ['a password in ssh', 'ssh://git:secret@forge.example/acme/web'],
    ['a person in the short form', 'ada@forge.example:acme/web'],
    ['a query', 'https://forge.example/acme/web?token=1'],
    ['an empty query', 'https://forge.example/acme/web?'],
    ['a fragment', 'https://forge.example/acme/web#readme'],
    ['no path', 'https://forge.example'],
    ['an empty path', 'https://forge.example/'],
    ['only slashes', 'https://forge.example//'],
    ['an empty name', 'https://forge.example/.git'],
    ['an empty part', 'https://forge.example/acme//web'],
    ['a way up', 'https://forge.example/acme/../other/web'],
    ['plain http', 'http://forge.example/acme/web'],
    ['the protocol of git', 'git://forge.example/acme/web'],
    ['a file', 'file:///srv/acme/web'],
    ['a script', 'javascript:alert(1)//acme/web'],
    ['no scheme', 'forge.example/acme/web'],
    ['a folder', '/srv/git/web'],
    ['a space before', ' https://forge.example/acme/web'],
    ['a line break', 'https://forge.example/acme/web\n'],
    ['a backslash', 'https://forge.example\\acme\\web'],
    ['nothing', ''],
    ['no end', `https://forge.example/${'a'.repeat(300)}`],
  ])('with %s is none', (_, address) => {
    expect(readRepositoryAddress(address)).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import { identityOfFolder, identityOfRemote } from './origin.ts';

describe('identityOfRemote', () => {
  it.each([
    ['https://GitHub.com/Acme/Api.git', 'github.com/Acme/Api'],
    ['https://user:secret@github.com/acme/api.git', 'github.com/acme/api'],
    ['https://x-access-token:ghs_secret@github.com/acme/api', 'github.com/acme/api'],
    ['https://github.com/acme/api/?token=secret', 'github.com/acme/api'],
    ['ssh://git@git.example.com:2222/acme/api.git/', 'git.example.com/acme/api'],
    ['git@github.com:acme/api.git', 'github.com/acme/api'],
    ['github.com:acme/api', 'github.com/acme/api'],
    ['git@gitlab.example.com:group/sub/project.git', 'gitlab.example.com/group/sub/project'],
    ['https://[::1]:3000/acme/api', '[::1]/acme/api'],
  ])('names %j as %j', (address, externalId) => {
    const identity = identityOfRemote(address);
    expect(identity?.externalId).toBe(externalId);
    expect(identity?.fullName).toBe(externalId.slice(externalId.indexOf('/') + 1));
    expect(JSON.stringify(identity)).not.toContain('secret');
  });

  it.each([
    '/srv/git/api.git',
    '../api',
    'C:\\git\\api',
    'file:///srv/git/api.git',
    'ext::sh -c x',
    '',
  ])('finds no shared place in %j', (address) => {
    expect(identityOfRemote(address)).toBeNull();
  });

  it('stays bounded and printable whatever the clone says', () => {
    const identity = identityOfRemote(`https://host/\u001b[31m${'x'.repeat(5_000)}`);
    expect(identity?.externalId.length).toBeLessThanOrEqual(160);
    expect(identity?.externalId).not.toContain('\u001b');
  });
});

describe('identityOfFolder', () => {
  it('tells two folders of one name apart, without giving away where they lie', () => {
    const first = identityOfFolder('/home/ada/work/api/.git');
    const second = identityOfFolder('/srv/api.git');
    expect([first.name, second.name]).toEqual(['api', 'api']);
    expect(first.externalId).not.toBe(second.externalId);
    expect(first.externalId).not.toContain('home');
  });
});

it.each([
  'https://ada:pa@ss-canary@github.com/acme/api.git',
  'https://ada:pa:ss-canary@github.com/acme/api.git',
  'ssh://ada:pa@ss-canary@github.com:22/acme/api.git',
  'ada:pa@ss-canary@github.com:acme/api.git',
  'https://github.com/acme/api.git?token=canary#canary',
])('no part of the credential in %s is kept', (address) => {
  expect(identityOfRemote(address)).toMatchObject({
    externalId: 'github.com/acme/api',
    url: 'https://github.com/acme/api',
  });
});

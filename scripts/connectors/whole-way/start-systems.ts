import { type Emulator, startEmulator } from '../start-emulator.ts';

export function startGithub(): Promise<Emulator> {
  return startEmulator('github', {
    tokens: {
      reads: { login: 'reader', scopes: ['repo'] },
      writes: { login: 'writer', scopes: ['repo', 'workflow'] },
      grace: { login: 'grace', scopes: ['repo'] },
    },
    github: {
      users: [{ login: 'writer' }, { login: 'reader' }, { login: 'grace' }],
      repos: [{ owner: 'writer', name: 'widgets', auto_init: true, private: false }],
    },
  });
}

export function startSlack(): Promise<Emulator> {
  const people = ['reader', 'poster', 'ada'];
  return startEmulator('slack', {
    slack: {
      team: { name: 'Acme', domain: 'acme' },
      users: people.map((name) => ({ name, real_name: name, email: `${name}@acme.example` })),
      channels: [{ name: 'widgets' }, { name: 'approvals', is_private: true }],
      tokens: [
        { token: 'sreads', user: 'reader' },
        { token: 'swrites', user: 'poster' },
        { token: 'ada', user: 'ada' },
      ],
    },
  });
}

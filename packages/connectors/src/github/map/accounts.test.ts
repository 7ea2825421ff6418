import { describe, expect, it } from 'vitest';
import { AccountCollector } from './accounts.ts';

const onGithub = { baseUrl: 'https://api.github.com' };

describe('accounts', () => {
  it('leads from an address to the account that GitHub shows beside it', () => {
    const accounts = new AccountCollector(onGithub);
    const account = { id: '1', login: 'ada', type: 'User', name: 'Ada' };
    const id = accounts.ofSignature({ name: 'Ada L', email: 'Ada@Example.com', account });
    expect(id).toBe('1');
    expect(accounts.rows().identityMappings).toMatchObject([
      { fromExternalId: 'ada@example.com', toExternalId: '1' },
    ]);
    const byAddress = accounts.rows().accounts?.find(({ email }) => email !== null);
    expect(byAddress).toMatchObject({ externalId: 'ada@example.com', emailVerified: false });
  });

  it('takes the number in a no-reply address for a claim, where GitHub shows no account', () => {
    const accounts = new AccountCollector(onGithub);
    const email = '1+ada@users.noreply.github.com';
    expect(accounts.ofSignature({ name: 'Mal', email, account: null })).toBe(email);
    expect(accounts.rows()).toEqual({
      accounts: [
        expect.objectContaining({
          externalId: email,
          vendorId: 'github:1',
          login: 'ada',
          emailVerified: false,
        }),
      ],
    });
  });

  it('needs no second account for a no-reply address where GitHub shows the first', () => {
    const accounts = new AccountCollector(onGithub);
    const account = { id: '1', login: 'ada', type: 'User' };
    const email = '1+ada@users.noreply.github.com';
    expect(accounts.ofSignature({ name: 'Ada', email, account })).toBe('1');
    expect(accounts.rows().accounts).toHaveLength(1);
    expect(accounts.rows().identityMappings).toBeUndefined();
  });

  it('takes an unknown address for an account of its own, and nothing for nobody', () => {
    const accounts = new AccountCollector(onGithub);
    expect(accounts.ofSignature({ name: 'X', email: 'x@example.com', account: null })).toBe(
      'x@example.com',
    );
    expect(accounts.ofSignature({ name: '', email: '', account: null })).toBeNull();
    expect(accounts.ofSignature(null)).toBeNull();
  });

  it('keeps the numbers of another server apart from those of GitHub', () => {
    const accounts = new AccountCollector({ baseUrl: 'https://ghe.example.com/api/v3' });
    accounts.of({ id: '1', login: 'ada', type: 'User' });
    expect(accounts.rows().accounts).toMatchObject([{ vendorId: 'github@ghe.example.com:1' }]);
  });

  it.each([
    [{ id: '2', login: 'dependabot', type: 'Bot' }, 'service_bot', 'dependabot[bot]'],
    [
      { id: '3', login: 'copilot-swe-agent', type: 'Bot' },
      'coding_agent',
      'copilot-swe-agent[bot]',
    ],
    [{ id: '4', login: 'ada', type: 'User' }, 'human', 'ada'],
  ])('takes %j for a %s', (who, kind, login) => {
    const accounts = new AccountCollector(onGithub);
    accounts.of(who);
    expect(accounts.rows().accounts).toMatchObject([{ kind, login, isBot: kind !== 'human' }]);
  });

  it('gives mannequins numbers of their own', () => {
    const accounts = new AccountCollector(onGithub);
    expect(accounts.of({ id: '1', login: 'old-ada', type: 'Mannequin' })).toBe('mannequin:1');
  });
});

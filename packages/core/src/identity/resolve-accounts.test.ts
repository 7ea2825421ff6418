import { describe, expect, test } from 'vitest';
import type { Account, IdentityMapping } from '../domain.ts';
import { normaliseEmail, withoutTag } from './email-address.ts';
import { resolveAccounts } from './resolve-accounts.ts';

const account = (fields: Partial<Account> & { externalId: string }): Account => ({
  source: 'git',
  login: null,
  name: null,
  email: fields.externalId,
  emailVerified: false,
  vendorId: null,
  kind: 'human',
  isBot: false,
  ...fields,
});

const mapping = (from: string, to: string, displayName: string | null = null): IdentityMapping => ({
  source: 'git',
  fromExternalId: from,
  toExternalId: to,
  displayName,
  method: 'explicit_mapping',
});

const resolve = (accounts: Account[], mappings: IdentityMapping[] = [], links = []) =>
  resolveAccounts({ accounts, mappings, links, declaredPeople: [], people: [], separated: [] })
    .newLinks;

/** Which accounts share a person, as sorted lists. */
function groups(found: ReturnType<typeof resolve>): string[][] {
  const byPerson = new Map<string, string[]>();
  for (const link of found) {
    const person = 'existing' in link.person ? link.person.existing : link.person.group;
    byPerson.set(person, [...(byPerson.get(person) ?? []), link.account.externalId].toSorted());
  }
  return [...byPerson.values()].toSorted();
}

describe('accounts become people', () => {
  test('by written mapping, with its name', () => {
    const found = resolve(
      [
        account({ externalId: 'old@x.org', name: 'old' }),
        account({ externalId: 'new@x.org', name: 'new' }),
      ],
      [mapping('old@x.org', 'new@x.org', 'Ada Example')],
    );
    expect(groups(found)).toEqual([['new@x.org', 'old@x.org']]);
    expect(found.map((link) => [link.method, link.displayName])).toEqual([
      ['explicit_mapping', 'Ada Example'],
      ['explicit_mapping', 'Ada Example'],
    ]);
  });

  test('by the number that a vendor gives, in two sources', () => {
    const found = resolve([
      account({ externalId: '7', source: 'github', vendorId: 'github:7' }),
      account({ externalId: '7', source: 'projects', vendorId: 'github:7' }),
    ]);
    expect(found.map(({ method, confidence }) => [method, confidence])).toEqual([
      ['vendor_id', 1],
      ['vendor_id', 1],
    ]);
    expect(groups(found)).toHaveLength(1);
  });

  test('less surely by a number in an address, whatever the login was when they committed', () => {
    const found = resolve([
      account({ externalId: '7+ada@users.noreply.github.com', vendorId: 'github:7' }),
      account({ externalId: '7+ada-new@users.noreply.github.com', vendorId: 'github:7' }),
      account({ externalId: '7', source: 'github', vendorId: 'github:7' }),
      account({ externalId: '8+ada@users.noreply.github.com', vendorId: 'github:8' }),
    ]);
    expect(groups(found).map((group) => group.length)).toEqual([3, 1]);
    expect(found.map(({ method, confidence }) => [method, confidence])).toEqual([
      ['claimed_id', 0.8],
      ['claimed_id', 0.8],
      ['claimed_id', 0.8],
      ['own_account', 1],
    ]);
  });

  test('but no author line makes two accounts of one vendor one person', () => {
    const forged = account({
      externalId: '7+mal@users.noreply.github.com',
      vendorId: 'github:7',
    });
    const ada = account({ externalId: '7', source: 'github', vendorId: 'github:7' });
    const mal = account({ externalId: '9', source: 'github', vendorId: 'github:9' });
    const malsMail = account({ externalId: 'mal@x.org' });
    const { newLinks } = resolveAccounts({
      accounts: [forged, malsMail, ada, mal],
      mappings: [mapping('7+mal@users.noreply.github.com', 'mal@x.org')],
      sameAuthors: [[malsMail, mal]],
      links: [],
      declaredPeople: [],
      people: [],
      separated: [],
    });
    expect(groups(newLinks)).toEqual([['7'], ['7+mal@users.noreply.github.com', '9', 'mal@x.org']]);
  });

  test('by an address that the vendor verified on both sides, and not by a claimed one', () => {
    const verified = [
      account({ externalId: '1', source: 'github', email: 'Ada@x.org', emailVerified: true }),
      account({ externalId: '2', source: 'jira', email: 'ada@x.org', emailVerified: true }),
    ];
    expect(groups(resolve(verified))).toEqual([['1', '2']]);
    const claimed = [...verified.slice(0, 1), account({ externalId: 'ada@x.org' })];
    expect(groups(resolve(claimed))).toEqual([['1'], ['ada@x.org']]);
  });

  describe('by an address under which a vendor found an account that hides it', () => {
    const found: IdentityMapping = {
      source: 'jira',
      fromExternalId: 'j1',
      toExternalId: 'ada@x.org',
      displayName: null,
      method: 'looked_up_email',
    };
    const hidden = account({ externalId: 'j1', source: 'jira', email: null, vendorId: 'atl:j1' });
    const owner = { externalId: 's1', source: 'slack', email: 'Ada@x.org', emailVerified: true };

    test('less surely than by one that both show', () => {
      const links = resolve([hidden, account(owner)], [found]);
      expect(groups(links)).toEqual([['j1', 's1']]);
      expect(links.map(({ method, confidence }) => [method, confidence])).toEqual([
        ['looked_up_email', 0.9],
        ['looked_up_email', 0.9],
      ]);
    });

    test('but not where nobody vouches for it, nor with a bot', () => {
      const claimed = account({ ...owner, emailVerified: false });
      expect(groups(resolve([hidden, claimed], [found]))).toHaveLength(2);
      const bot = account({ ...owner, kind: 'service_bot', isBot: true });
      expect(groups(resolve([hidden, bot], [found]))).toEqual([['j1']]);
    });

    test('and never two accounts that the vendor tells apart', () => {
      const shown = account({
        ...{ externalId: 'j2', source: 'jira', vendorId: 'atl:j2' },
        ...{ email: 'ada@x.org', emailVerified: true },
      });
      expect(groups(resolve([hidden, shown, account(owner)], [found]))).toEqual([
        ['j1'],
        ['j2', 's1'],
      ]);
    });
  });

  test('never by name alone', () => {
    const found = resolve([
      account({ externalId: 'a@x.org', name: 'Sam Lee' }),
      account({ externalId: 'b@x.org', name: 'Sam Lee' }),
    ]);
    expect(groups(found)).toHaveLength(2);
  });

  test('in the same way whatever the order', () => {
    const accounts = ['a', 'b', 'c', 'd', 'e'].map((id) => account({ externalId: `${id}@x.org` }));
    const mappings = [mapping('a@x.org', 'c@x.org'), mapping('e@x.org', 'c@x.org')];
    const forward = groups(resolve(accounts, mappings));
    const backward = groups(resolve(accounts.toReversed(), mappings.toReversed()));
    expect(forward).toEqual(backward);
    expect(forward).toEqual([['a@x.org', 'c@x.org', 'e@x.org'], ['b@x.org'], ['d@x.org']]);
  });

  test('but bots and coding agents do not', () => {
    const found = resolve([
      account({ externalId: 'bot@x.org', kind: 'service_bot', isBot: true }),
      account({ externalId: 'agent@x.org', kind: 'coding_agent', isBot: true }),
    ]);
    expect(found).toEqual([]);
  });

  test('joining the person that a linked account already has', () => {
    const { newLinks: found } = resolveAccounts({
      people: [{ id: 'p1', role: 'member', isInTeam: false }],
      separated: [],
      declaredPeople: [{ name: 'Ada', accounts: [{ source: 'git', externalId: 'b@x.org' }] }],
      accounts: [account({ externalId: 'a@x.org' }), account({ externalId: 'b@x.org' })],
      mappings: [mapping('b@x.org', 'a@x.org')],
      links: [
        {
          personId: 'p1',
          accountSource: 'git',
          accountExternalId: 'a@x.org',
          method: 'own_account',
          confidence: 1,
          confirmedBy: null,
        },
      ],
    });
    expect(found).toMatchObject([{ person: { existing: 'p1' }, displayName: 'Ada' }]);
  });
});

describe('addresses', () => {
  test.each([
    [' Ada@X.org ', 'ada@x.org'],
    ['ADA+tag@x.org', 'ada+tag@x.org'],
  ])('%s is %s', (email, expected) => expect(normaliseEmail(email)).toBe(expected));
  test.each([
    ['ada+tag@x.org', 'ada@x.org'],
    ['ada@x.org', null],
    ['+@x.org', null],
  ])('%s without its tag is %s', (email, expected) => expect(withoutTag(email)).toBe(expected));
});

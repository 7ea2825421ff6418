import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Account, IdentityMapping } from '../domain.ts';
import { certainAccounts, type HeldAccount } from './certain-accounts.ts';
import { resolveAccounts } from './resolve-accounts.ts';

const owners = ['vera', 'mallory'] as const;
const keyOf = ({ source, externalId }: { source: string; externalId: string }): string =>
  `${source}\n${externalId}`;

/** Of each two people: a number at two sources, a verified address at two, and two addresses in git. */
const accounts: Account[] = owners.flatMap((owner, place) => {
  const at = (source: string, externalId: string, fields: Partial<Account> = {}): Account => ({
    ...{ source, externalId, login: null, name: owner, email: null, emailVerified: false },
    ...{ vendorId: null, timeZone: null, kind: 'human', isBot: false },
    ...fields,
  });
  const email = { email: `${owner}@x.org`, emailVerified: true };
  return [
    at('forge', `${place}1`, { vendorId: `forge:${place}1`, ...email }),
    at('board', `${place}1`, { vendorId: `forge:${place}1` }),
    at('chat', `u${place}`, { vendorId: `chat:u${place}`, ...email }),
    at('git', `${owner}@x.org`),
    at('git', `${owner}@y.org`),
    // Who claims the other one's number.
    at('git', `${1 - place}1+${owner}@claims.org`, { vendorId: `forge:${1 - place}1` }),
  ];
});
const ownerOf = new Map(
  accounts.map((account, place) => [keyOf(account), owners[place < 6 ? 0 : 1]]),
);

test('whatever is written, no two people are surely one, in whatever order they are read', () => {
  const account = fc.constantFrom(...accounts);
  const pair = fc.tuple(account, account);
  fc.assert(
    fc.property(
      fc.subarray(accounts),
      fc.array(pair, { maxLength: 4 }),
      fc.array(pair, { maxLength: 3 }),
      fc.array(pair, { maxLength: 3 }),
      fc.array(pair, { maxLength: 3 }),
      (early, mailmap, sameAuthors, declared, lookedUp) => {
        const mappings: IdentityMapping[] = [
          ...mailmap
            .filter(([from, to]) => from.source === to.source)
            .map(([from, to]) => ({
              ...{ source: from.source, fromExternalId: from.externalId, displayName: null },
              ...{ toExternalId: to.externalId, method: 'explicit_mapping' as const },
            })),
          ...lookedUp.flatMap(([found, owner]) =>
            owner.email === null
              ? []
              : [
                  {
                    ...{
                      source: found.source,
                      fromExternalId: found.externalId,
                      displayName: null,
                    },
                    ...{ toExternalId: owner.email, method: 'looked_up_email' as const },
                  },
                ],
          ),
        ];
        const evidence = {
          mappings,
          sameAuthors,
          declaredPeople: declared.map((both) => ({ name: 'One', accounts: both })),
          separated: [],
        };
        const people = new Map<string, HeldAccount[]>();
        let held: (HeldAccount & { personId: string })[] = [];
        for (const read of [early, accounts]) {
          const personIds = [...new Set(held.map(({ personId }) => personId))];
          const found = resolveAccounts({
            ...evidence,
            accounts: read,
            people: personIds.map((id) => ({ id, role: 'member', isInTeam: false })),
            links: held.map(({ personId, method, source, externalId }) => ({
              ...{ personId, method, confidence: 1, confirmedBy: null },
              ...{ accountSource: source, accountExternalId: externalId },
            })),
          });
          // A merge is a recorded change, and lent by that: those who are merged are left out here.
          const merged = new Set(found.merges.flatMap((one) => [one.fromPersonId, one.toPersonId]));
          const stronger = new Map(
            found.strengthened.map((link) => [
              `${link.accountSource}\n${link.accountExternalId}`,
              link.method,
            ]),
          );
          held = [
            ...held.map((one) => ({ ...one, method: stronger.get(keyOf(one)) ?? one.method })),
            ...found.newLinks.map(({ account: one, person, method }) => ({
              ...one,
              method,
              personId: 'existing' in person ? person.existing : person.group,
            })),
          ].filter(({ personId }) => !merged.has(personId));
        }
        for (const one of held)
          people.set(one.personId, [...(people.get(one.personId) ?? []), one]);
        for (const theirs of people.values()) {
          const certain = certainAccounts(theirs);
          expect(certain.length).toBeGreaterThan(0);
          expect(new Set(certain.map((one) => ownerOf.get(keyOf(one)))).size).toBe(1);
        }
      },
    ),
    { numRuns: 500 },
  );
});

test('what vendors vouch for stays one', () => {
  const [forge, board, chat, git] = accounts;
  const held = [forge, board, chat, git].flatMap((one, place) =>
    one === undefined
      ? []
      : [{ ...one, method: place === 3 ? 'claimed_id' : 'vendor_id' } as const],
  );
  expect(
    certainAccounts(held)
      .map(({ source }) => source)
      .toSorted(),
  ).toEqual(['board', 'chat', 'forge']);
});

import { getTableColumns } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { type Tables, tables } from '../store/tables.ts';
import { dataMap } from './data-map.ts';

const names = Object.keys(tables) as (keyof Tables)[];

/** Words in the names of columns that could name a person, or say what somebody wrote. */
const personal =
  /person|account|actor|author|login|email|displayname|reviewer|assignee|sponsor|requester|(?:requested|granted|confirmed|set|decided|signed)by|\bowner$|^title$|rationale|reason$|payload|preview|headers|mentioned/i;

/** Columns whose names sound like it and that name nobody, with why. */
const namesNobody: Readonly<Record<string, string>> = {
  'people.mergedIntoPersonId': 'the id of a row of the same table',
  'personAccounts.accountSource': 'the name of a source',
  'approverGrants.accountSource': 'the name of a source',
  'authenticators.signedById': 'the id of another passkey',
  'pullRequestFacts.authorIsBot': 'whether a bot wrote it',
  'actions.requesterKind': 'a person, an agent or the system',
  'actions.policyReason': 'a sentence of the policy',
  'actionRevisions.payloadHash': 'a digest',
  'actionRevisions.previewHash': 'a digest',
  'actionDecisions.payloadHash': 'a digest',
  'auditEntries.personalDigests': 'salted digests',
  'accounts.emailVerified': 'whether it was',
  'chatThreads.mentionedGroups': 'groups of accounts',
  'pullRequestFacts.reviewerCount': 'how many',
  'signalRuleRuns.unknownReason': 'a sentence of a rule',
  'sources.title': 'how a connector calls itself',
};

describe('the data map', () => {
  test('every column that could name a person stands in the map, or among those that name none', () => {
    const unlisted = names.flatMap((name) => {
      const listed = new Set<string>(dataMap[name].data?.fields);
      return Object.keys(getTableColumns(tables[name]))
        .filter((column) => personal.test(column) && !listed.has(column))
        .map((column) => `${name}.${column}`)
        .filter((column) => namesNobody[column] === undefined);
    });
    expect(unlisted).toEqual([]);
  });

  test('what is excepted exists and is not listed as well', () => {
    const wrong = Object.keys(namesNobody).filter((path) => {
      const [name, column = ''] = path.split('.');
      const table = names.find((known) => known === name);
      return table === undefined || !(column in getTableColumns(tables[table]));
    });
    expect(wrong).toEqual([]);
  });

  test('names a table once, with columns that it has, and says none where it names no column', () => {
    expect(Object.keys(dataMap).toSorted()).toEqual(names.toSorted());
    for (const name of names) {
      const { personal: words, data } = dataMap[name];
      expect(words.startsWith('none'), name).toBe(data === null);
      const columns = Object.keys(getTableColumns(tables[name]));
      expect(data?.fields.filter((field) => !columns.includes(field)) ?? []).toEqual([]);
    }
  });
});

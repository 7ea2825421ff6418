import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createCommandTree } from '../packages/cli/src/command-tree.ts';
import { neverExists } from '../packages/core/src/privacy/never-exists.ts';
import { describedTables } from '../packages/core/src/privacy/data-map.ts';
import { tables } from '../packages/core/src/store/tables.ts';
import { allMetrics } from '../packages/metrics/src/index.ts';
import { advertisedTool } from '../packages/mcp-server/src/manifest.ts';
import { tools } from '../packages/mcp-server/src/tools/index.ts';
import { repositoryRoot } from './package-build/repository-root.ts';
import { peopleLists } from './privacy-guard/answer-lists.ts';
import { forbiddenIn, wordsOf } from './privacy-guard/forbidden-words.ts';
import { namedFigures, publicNames, shippedSources } from './privacy-guard/public-names.ts';

// What must never exist: moods of people, ranks of people, measures of single people. These lists of
// exceptions are closed: whoever adds one says in a review why it is no measure of anybody.

/** Names that sound like it, with what they are. */
const namesAllowed: Readonly<Record<string, string>> = {
  nearestRank: 'a method to take a percentile of durations',
  StoreLocation: 'where the database is',
  riskRank: 'the order of low, medium and high risk of actions',
  modeRank: 'the order of what a policy asks before an action',
  presence: 'a grade of proof that a person decided; nobody’s whereabouts',
  administrator_with_presence: 'whose word a change takes, with that grade of proof',
  PresenceCheck: 'the check of that proof',
  createPresenceCheck: 'makes the check of that proof',
  PresenceReason: 'why a change takes that proof',
  ProvenPresence: 'that proof, as the ledger keeps it',
};

/** Object types that name a person beside a number, with what the number is. */
const figuresAllowed: Readonly<Record<string, string>> = {
  Turn: 'how long one piece of work waits, with whose turn it is',
  Erasure: 'how many rows an erasure took out, told to whoever had it done',
  OwnLoad: 'what lies on whoever looks, shown to nobody else',
  LoadFigure: 'a middle value of five people or more, with how many they are',
  StartedWork: 'how many requests the services of the made-up team were sent',
  TeamAtWork:
    'whom the board of the made-up team names for an item, by a number drawn from the seed',
  TeamOverview: 'how many people there are, and how much work is open',
  JoinedUsage: 'what a report says, before it is stored, and how many of its lines cannot be read',
  WorkSummary: 'how long one piece of work took, with who wrote it',
  RefusedQuestions: 'how often one asker was refused, shown to leads and to themselves',
  ReviewedPerson: 'how sure a match of names is',
  NewLink: 'how sure it is that an account is somebody’s',
  ReviewedAccount: 'how sure a match of accounts is',
  'SubjectRows.review': 'a number in place of a reviewer, which tells people of one question apart',
  ApproverGrant: 'from which step of an escalation on somebody is asked',
  NewPasskey: 'the counter of an authenticator',
  ReviewerRights: 'from which step of an escalation on somebody is asked',
  ReducedMessage: 'how many answers one message has, before it is stored',
  ProbedOrganization: 'how many members an organisation has, with its login',
  LoggedCommit: 'the instants of one commit',
  'ExaminedText.people': 'the number of an account that a text names',
};

/** Lists of a tool's answer whose items name a person beside a number. */
const listsAllowed: Readonly<Record<string, string>> = {
  'list_work groups[].items[]': 'pieces of work with their own age and who wrote them',
  'find_people people[]': 'how many accounts somebody has',
  'find_people people[].accounts[]': 'how sure it is that an account is theirs',
};

/** Tables with a person and a count in one row. */
const tablesAllowed: Readonly<Record<string, string>> = {
  erasureMarks: 'how many words a name had that was erased, so that texts are looked through once',
  commits: 'how many parents one commit has',
  aiUsageDays: 'what the maker of a tool reports, where switched on; shown of five people or more',
  workItems: 'how large one piece of work is, with whom it is assigned to',
  chatThreads: 'how many answers one thread has, with who began it',
  pullRequestFacts: 'how many reviews one change had, without its author',
  actions: 'how often one action was tried',
  signalFindings: 'how often a finding about one piece of work came up, with whom it was given to',
};

/** Columns called as a message's text would be, with whose text it is: what people say to each other is not kept. */
const columnsAllowed: Readonly<Record<string, string>> = {
  'documentTexts.text':
    'what a document of a repository says, as it stands there for all who read it',
};

const personColumn = /person|account_external_id|actor|author|reviewer|assignee|login/;
const counted = /^(?:count|lines|hours|used|suggestions|interactions|credits|share|points|load)$/;

const sources = shippedSources();

describe('what must never exist', () => {
  test('no public name speaks of moods or of ranks of people', () => {
    const names = publicNames(sources);
    expect(names.length).toBeGreaterThan(10_000);
    const wrong = names.filter(
      ({ name }) => forbiddenIn(name) !== null && namesAllowed[name] === undefined,
    );
    expect(wrong).toEqual([]);
    const used = new Set(names.map(({ name }) => name));
    expect(Object.keys(namesAllowed).filter((name) => !used.has(name))).toEqual([]);
  });

  test('no public type holds a figure of a person', () => {
    const found = namedFigures(sources);
    expect(found.filter(({ type }) => figuresAllowed[type] === undefined)).toEqual([]);
    const types = new Set(found.map(({ type }) => type));
    expect(Object.keys(figuresAllowed).filter((type) => !types.has(type))).toEqual([]);
  });

  test('no tool, field of a tool, command, option or metric is called so', () => {
    const names = [
      ...tools.flatMap(({ name }) => name),
      ...tools.flatMap((tool) => fieldsOf(advertisedTool(tool).inputSchema)),
      ...tools.flatMap((tool) => fieldsOf(advertisedTool(tool).outputSchema)),
      ...commandNames(createCommandTree({ stdout: quiet }, () => async () => undefined)),
      ...allMetrics.metrics.map(({ id }) => id),
    ];
    expect(names).toEqual(
      expect.arrayContaining(['list_work', 'sample_size', 'privacy', 'time-zone']),
    );
    expect(names.filter((name) => forbiddenIn(name) !== null)).toEqual([]);
  });

  test('no answer of a tool lists people with a number each', () => {
    const found = tools.flatMap((tool) =>
      peopleLists(advertisedTool(tool).outputSchema).map(({ path }) => `${tool.name} ${path}`),
    );
    expect(found.filter((path) => listsAllowed[path] === undefined)).toEqual([]);
    expect(Object.keys(listsAllowed).filter((path) => !found.includes(path))).toEqual([]);
  });

  test('no table or column is made for what must not exist', () => {
    const columns = Object.entries(tables).flatMap(([table, definition]) =>
      columnsOf(definition).map(({ name }) => ({ name, place: `${table}.${name}` })),
    );
    const described = describedTables().map(({ table }) => table);
    expect(columns.length).toBeGreaterThan(400);
    const wrong = [...columns.map(({ name }) => name), ...described].filter(
      (name) => forbiddenIn(name) !== null,
    );
    expect(wrong).toEqual([]);
    const ofMessages = columns.filter(({ name }) =>
      /^(?:text|body_text|message_text|words)$/.test(name),
    );
    expect(ofMessages.map(({ place }) => place)).toEqual(Object.keys(columnsAllowed));
  });

  test('no table counts what single people do', () => {
    const counting = Object.entries(tables).flatMap(([name, table]) => {
      const columns = columnsOf(table);
      const counts = columns.filter(
        (column) =>
          column.isNumber &&
          !column.name.endsWith('_at') &&
          wordsOf(column.name).some((word) => counted.test(word)),
      );
      const hasPerson = columns.some((column) => personColumn.test(column.name));
      return hasPerson && counts.length > 0 ? [name] : [];
    });
    expect(counting.toSorted()).toEqual(Object.keys(tablesAllowed).toSorted());
  });
});

describe('the guard itself', () => {
  test.each([
    ['moodScore', 'mood'],
    ['team_sentiment', 'sentiment'],
    ['burnout-risk', 'burnout'],
    ['rankedAuthors', 'ranked'],
    ['topContributors', 'top contributors'],
    ['slowest_reviewer', 'slowest reviewer'],
    ['keystrokesPerHour', 'keystrokes'],
    ['isOnline', 'online'],
  ])('refuses %s', (name, why) => {
    expect(forbiddenIn(name)).toBe(why);
  });

  test.each(['stopActions', 'topic', 'oldestHours', 'performance', 'people', 'fewestPeople'])(
    'lets %s be',
    (name) => {
      expect(forbiddenIn(name)).toBeNull();
    },
  );

  test('sees a list of people with a number in the schema of an answer', () => {
    const person = {
      type: 'object',
      properties: { name: { type: 'string' }, merged: { type: ['number', 'null'] } },
    };
    const schema = { type: 'object', properties: { people: { type: 'array', items: person } } };
    expect(peopleLists(schema)).toEqual([
      { path: 'people[]', persons: ['name'], figures: ['merged'] },
    ]);
    const work = {
      properties: {
        items: { items: { properties: { author: {}, hours: { anyOf: [{ type: 'number' }] } } } },
      },
    };
    expect(peopleLists(work)).toMatchObject([{ path: 'items[]', persons: ['author'] }]);
  });

  test.each(neverExists)('$what: its test exists', ({ guardedBy: { file, test: name } }) => {
    const path = join(repositoryRoot, file);
    expect(existsSync(path), file).toBe(true);
    const text = readFileSync(path, 'utf8').replaceAll(/\s+/g, ' ');
    expect(text).toContain(`test('${name}'`);
  });
});

const quiet = { write: () => true, isTty: false, columns: 80 };

function fieldsOf(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]: [string, unknown]) =>
    key === 'properties' && typeof value === 'object' && value !== null
      ? [...Object.keys(value), ...fieldsOf(Object.values(value))]
      : fieldsOf(value),
  );
}

type Tree = ReturnType<typeof createCommandTree>;

function commandNames(command: Tree): string[] {
  return [
    command.name(),
    ...command.options.map(({ long, short }) => (long ?? short ?? '').replace(/^-+/, '')),
    ...command.registeredArguments.map((argument) => argument.name()),
    ...command.commands.flatMap((inner) => commandNames(inner)),
  ];
}

/** Columns of a table as they are called in the database. */
function columnsOf(table: object): { name: string; isNumber: boolean }[] {
  return Object.entries(table).flatMap(([key, column]: [string, unknown]) => {
    if (typeof column !== 'object' || column === null || !('dataType' in column)) return [];
    const name = key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    return [{ name, isNumber: column.dataType === 'number' }];
  });
}

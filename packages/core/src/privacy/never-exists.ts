/** Something that does not exist here, and the test that fails where somebody adds it. */
export interface NeverExists {
  what: string;
  /** A file of the repository, and the name of the test in it. */
  guardedBy: { file: string; test: string };
}

const guard = 'scripts/privacy-guard.test.ts';

/** What is never stored, computed or told. A test looks that each named test exists. */
export const neverExists: readonly NeverExists[] = [
  {
    what: 'a score or guess of mood, sentiment, stress, engagement, burnout or attrition',
    guardedBy: { file: guard, test: 'no public name speaks of moods or of ranks of people' },
  },
  {
    what: 'a ranking, league table or comparison of single people',
    guardedBy: { file: guard, test: 'no answer of a tool lists people with a number each' },
  },
  {
    what: 'a column for mood, performance, rank, working hours or place',
    guardedBy: { file: guard, test: 'no table or column is made for what must not exist' },
  },
  {
    what: 'a figure of fewer than five people that several answers together would give',
    guardedBy: {
      file: 'packages/insights/src/privacy/differencing.test.ts',
      test: 'whatever is asked, by whom and in which order, no answers together single out fewer than five people',
    },
  },
  {
    what: 'a sentence of a brief, finding or report that tells how much each of a few people did',
    guardedBy: {
      file: 'packages/insights/src/privacy/differencing-spread.test.ts',
      test: 'nothing that is told depends on how work is spread among four people',
    },
  },
  {
    what: 'a trace of a progress report that its author took back, in what others are told',
    guardedBy: {
      file: 'packages/insights/src/privacy/differencing-reports.test.ts',
      test: 'whatever somebody wrote and took back, nobody is told anything else than if it had never been',
    },
  },
  {
    what: 'a call or a view of a tool of which nobody said what it holds of people',
    guardedBy: {
      file: 'scripts/figures-of-people.test.ts',
      test: 'every call of a handle is classed, and so is every view of every tool',
    },
  },
  {
    what: 'a call or tool that nobody said who may use',
    guardedBy: {
      file: 'packages/mcp-server/src/privacy-matrix.test.ts',
      test: 'every call of the handle has its cases, and every tool',
    },
  },
  {
    what: 'a word of a chat message',
    guardedBy: {
      file: guard,
      test: 'no table or column is made for what must not exist',
    },
  },
  {
    what: 'a table whose personal data is not described',
    guardedBy: {
      file: 'packages/core/src/privacy/data-map.test.ts',
      test: 'every column that could name a person stands in the map, or among those that name none',
    },
  },
];

import { describe, expect, it } from 'vitest';
import { readMessage } from '../commits/message.ts';
import { readMeaning } from './pull-request-subject.ts';

function meaning(message: string, isMerge: boolean, branch: string | null = 'main') {
  return readMeaning(readMessage(Buffer.from(message)), isMerge, branch);
}

const found = (number: number | null, title: string, branch: string | null) => ({
  kind: 'pull_request',
  mention: { number, title, branch },
});

describe('readMeaning', () => {
  it.each([
    [
      'Merge pull request #12 from o/fix/login\n\nRepair login\n',
      found(12, 'Repair login', 'fix/login'),
    ],
    ['Merge pull request #12 from o/x', found(12, 'Merge pull request #12 from o/x', 'x')],
    ['Merge pull request #7 in P/r from topic to main\n\nTitle\n', found(7, 'Title', 'topic')],
    ['Pull request #7: Title of it', found(7, 'Title of it', null)],
    ['Merged in topic (pull request #9)\n\nTitle\n', found(9, 'Title', 'topic')],
    ["Merge pull request 'A title' (#5) from user/topic into main", found(5, 'A title', 'topic')],
    ['Merged PR 77: A title', found(77, 'A title', null)],
    [
      "Merge branch 'topic' into 'main'\n\nA title\n\nSee merge request g/p!31\n",
      found(31, 'A title', 'topic'),
    ],
    ["Merge branch 'topic'", found(null, "Merge branch 'topic'", 'topic')],
    [
      "Merge branch 'topic' of https://git.example.com/o/r",
      found(null, "Merge branch 'topic' of https://git.example.com/o/r", 'topic'),
    ],
    [
      "Merge remote-tracking branch 'origin/topic'",
      found(null, "Merge remote-tracking branch 'origin/topic'", 'topic'),
    ],
    ["Merge branch 'old' into master", found(null, "Merge branch 'old' into master", 'old')],
    ['A title (#8)', found(8, 'A title', null)],
  ])('sees a pull request in the merge %j', (message, expected) => {
    expect(meaning(message, true)).toEqual(expected);
  });

  it.each([
    ["Merge branch 'main' into topic"],
    ["Merge branch 'main' of git.example.com:o/r"],
    ["Merge remote-tracking branch 'origin/main'"],
    ["Merge branch 'master'"],
  ])('sees the default branch merged into itself in %j', (message) => {
    expect(meaning(message, true)).toEqual({ kind: 'sync' });
  });

  it.each([
    ["Merge branch 'a' into b", true],
    ['Merge commit abc123', true],
    ["Merge tag 'v1'", true],
    ['Merge things', true],
    ["Merge branch 'topic'", false],
    ['Fix #12', false],
    ['Revert "A title (#8)"', false],
    ['A title (#12) and more', false],
    ['(#12)', false],
  ])('sees nothing in %j', (message, isMerge) => {
    expect(meaning(message, isMerge)).toEqual({ kind: 'plain' });
  });

  it.each([
    ['A title (#123)', found(123, 'A title', null)],
    ['Revert "A title (#8)" (#9)', found(9, 'Revert "A title (#8)"', null)],
    ['A title\n\nSee merge request g/p!4\n', found(4, 'A title', null)],
    ['Merged PR 5: A title', found(5, 'A title', null)],
  ])('sees a squash merge in %j', (message, expected) => {
    expect(meaning(message, false)).toEqual(expected);
  });

  it('does not take another default branch for this one', () => {
    expect(meaning("Merge branch 'main'", true, 'develop')).toMatchObject({
      kind: 'pull_request',
    });
    expect(meaning("Merge branch 'develop'", true, 'develop')).toEqual({ kind: 'sync' });
  });
});

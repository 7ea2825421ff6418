import type { FixtureDescription } from './git-fixture.ts';

const grace = { name: 'Grace', email: 'Grace@Example.com' };
const merger = { name: 'Linus', email: 'linus@example.com' };

/** A team's usual week: a merged branch, a squash, a direct push, a pull before a push. */
export const usual: FixtureDescription = {
  origin: 'git@Git.Example.com:acme/api.git',
  commits: [
    { id: 'root', message: 'Begin\n', at: '2026-03-02T09:00:00Z' },
    { id: 'a1', message: 'Start\n', author: grace, at: '2026-03-02T10:00:00Z' },
    { id: 'a2', message: 'Go on\n', at: '2026-03-02T12:00:00Z' },
    {
      id: 'merge',
      parents: ['root', 'a2'],
      author: merger,
      at: '2026-03-03T10:00:00Z',
      message: 'Merge pull request #1 from o/claude/start\n\nStart the thing\n',
    },
    {
      id: 'squash',
      author: grace,
      at: '2026-03-04T10:00:00Z',
      message: 'Squash it (#2)\n\nCo-authored-by: Claude <noreply@anthropic.com>\n',
    },
    {
      id: 'local',
      parents: ['merge'],
      at: '2026-03-04T11:00:00Z',
      authoredAt: '2026-03-04T08:00:00Z',
      message: 'Kept time (#3)\n',
    },
    {
      id: 'pull',
      parents: ['local', 'squash'],
      at: '2026-03-04T12:00:00Z',
      message: "Merge branch 'main' of git.example.com:acme/api\n",
    },
    {
      id: 'revert',
      at: '2026-03-05T10:00:00Z',
      message: 'Revert "Go on"\n\nThis reverts commit abcdef1.\n',
    },
  ],
  tags: {
    'v1.0': 'merge',
    'v1.1': { on: 'revert', at: '2026-03-06T10:00:00Z' },
    'nightly-7': 'squash',
  },
};

import { describe, expect, it } from 'vitest';
import { readAiMarks, readBranchMark } from './ai-marks.ts';

const ada = { name: 'Ada', email: 'ada@example.com' };
const marksOf = (key: string, value: string) => readAiMarks(ada, [[key, value]]);

describe('readAiMarks', () => {
  it('finds nothing, which is unknown, on a commit without a mark', () => {
    expect(readAiMarks(ada, [])).toEqual([]);
    expect(marksOf('co-authored-by', 'Grace <grace@example.com>')).toEqual([]);
    expect(marksOf('assisted-by', 'Grace <grace@example.com>')).toEqual([]);
    expect(marksOf('co-authored-by', 'Claude Monet <claude@example.com>')).toEqual([]);
  });

  it.each([
    ['co-authored-by', 'Claude Opus 4.5 <noreply@anthropic.com>', 'claude', 'Claude Opus 4.5'],
    ['co-authored-by', 'Copilot <175728472+Copilot@users.noreply.github.com>', 'copilot', null],
    ['co-authored-by', 'Cursor <cursoragent@cursor.com>', 'cursor', null],
    ['co-authored-by', 'Amp <amp@ampcode.com>', 'amp', null],
    ['co-authored-by', 'aider (gpt-5) <noreply@aider.chat>', 'aider', 'gpt-5'],
    ['assisted-by', 'Claude:claude-opus-4 coccinelle', 'claude', 'claude-opus-4'],
    ['assisted-by', 'sometool:model-1', 'sometool', 'model-1'],
    ['generated-by', 'Codex', 'codex', null],
    ['generated-with', '[Claude Code](https://claude.com/claude-code)', 'claude', null],
    ['made-with', 'Cursor', 'cursor', null],
    ['amp-thread-id', 'https://ampcode.com/threads/T-1', 'amp', null],
  ])('reads %s: %s', (key, value, tool, model) => {
    expect(marksOf(key, value)).toEqual([
      expect.objectContaining({ class: 'assisted', origin: 'trailer', tool, model }),
    ]);
  });

  it.each([
    ['co-authored-by', 'dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>'],
    ['made-with', 'love and a lot of coffee'],
    ['generated-by', 'https://example.com'],
  ])('does not take %s: %s for a coding tool', (key, value) => {
    expect(marksOf(key, value)).toEqual([]);
  });

  it('reads a declaration that no tool was used', () => {
    expect(marksOf('assisted-by', 'none')).toMatchObject([{ class: 'declared_none', tool: null }]);
  });

  it('takes an agent as author for its author', () => {
    const agent = { name: 'Claude', email: 'noreply@anthropic.com' };
    expect(readAiMarks(agent, [])).toMatchObject([
      { class: 'agent_authored', tool: 'claude', origin: 'author' },
    ]);
    expect(readAiMarks({ name: 'Ada (aider)', email: 'ada@example.com' }, [])).toMatchObject([
      { class: 'assisted', tool: 'aider', origin: 'author' },
    ]);
  });

  it('gives one mark per tool and origin, the one with a model first', () => {
    const marks = readAiMarks(ada, [
      ['co-authored-by', 'Claude <noreply@anthropic.com>'],
      ['co-authored-by', 'Claude Sonnet 4 <noreply@anthropic.com>'],
      ['co-authored-by', 'Cursor <cursoragent@cursor.com>'],
    ]);
    expect(marks.map(({ tool, model }) => [tool, model])).toEqual([
      ['claude', 'Claude Sonnet 4'],
      ['cursor', null],
    ]);
  });
});

describe('readBranchMark', () => {
  it('reads the prefixes that tools give their branches', () => {
    expect(readBranchMark('copilot/fix-login')).toMatchObject({
      tool: 'copilot',
      origin: 'branch',
    });
    expect(readBranchMark('fix-copilot')).toBeNull();
    expect(readBranchMark(null)).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import { estimateTokens } from '../packages/mcp-server/src/answer/estimate-tokens.ts';
import { callFake } from '../packages/mcp-server/src/testing/call-fake.ts';
import { exampleInputs } from '../packages/mcp-server/src/testing/example-inputs.ts';
import { fakeWorkspace } from '../packages/mcp-server/src/testing/fake-workspace.ts';
import { tools } from '../packages/mcp-server/src/tools/index.ts';
import { countTokens } from './count-tokens.ts';
import { measureBudget } from './tokens.ts';

it('every line of the token budget holds', async () => {
  const lines = await measureBudget();
  expect(lines.length).toBeGreaterThan(tools.length * 2);
  expect(lines.filter(({ tokens, limit }) => !(tokens > 0 && tokens <= limit))).toEqual([]);
});

describe('the estimate that bounds answers', () => {
  it.each([
    'Retry webhook delivery with exponential backoff',
    'deadbeefcafebabe0123456789abcdef 9f86d081884c7d659a2feaa0c55ad015',
    'ünïcödé naïve Übergrößenträger façade',
    '負荷分散の設定を見直す（第二版）',
    'исправить округление частичных возвратов',
    '👩‍💻🚀✨ ship it 🎉🎉🎉',
    'AaGMJQnAcACuN3mxAACF6w AaGMJQnFcAOlTNomAAMjhg',
    '{"a":[[[{}]]],"b":"\\\\\\"\\"","c":-1.25e-7}',
    '======>>>>>><<<<<<!!!!??##@@',
    'ഒരു വാക്യം ไทยแลนด์ ترجمة עברית',
    '𝕳𝖊𝖑𝖑𝖔 𓀀𓀁𓀂',
  ])('does not fall far below the truth for %j', (text) => {
    const many = `${text}\n`.repeat(20);
    expect(estimateTokens(many)).toBeGreaterThan(countTokens(many) * 0.9);
  });

  it.each(tools)('is near the truth for $name, on the high side', async ({ name }) => {
    const { text, structured } = await callFake(name, exampleInputs[name]);
    for (const form of [text, JSON.stringify(structured)]) {
      const ratio = estimateTokens(form) / countTokens(form);
      expect(ratio).toBeGreaterThan(0.95);
      expect(ratio).toBeLessThan(1.6);
    }
  });
});

describe('no answer is longer than its bound', () => {
  const workspace = fakeWorkspace({
    pullRequests: 500,
    people: 500,
    history: 2_000,
    repositories: 500,
    gaps: 200,
    title: (title) => `${title} 負荷分散の設定を見直す`.repeat(20),
  });

  it.each(tools)('$name on a very large workspace', async ({ name, inputSchema }) => {
    const input = { ...exampleInputs[name] };
    if (name === 'get_metric') Object.assign(input, { explain: true });
    const isTaken = (limit: number) => inputSchema.safeParse({ ...input, limit }).success;
    const most = [200, 20].find(isTaken) ?? 200;
    for (const limit of [undefined, most]) {
      if (limit !== undefined && !('limit' in inputSchema.shape)) continue;
      const asked = limit === undefined ? input : { ...input, limit };
      const { text, structured, isError } = await callFake(name, asked, workspace);
      expect(isError).toBe(false);
      const tokens = Math.max(countTokens(text), countTokens(JSON.stringify(structured)));
      expect(tokens).toBeLessThanOrEqual(limit === undefined ? 4_000 : 10_000);
    }
  });
});

// What a model pays for Adjutant's tools: definitions and a full answer, in o200k tokens, beside
// the budget (docs/decisions/0009-mcp-text-form.md). Exit code 1 when anything is over.
import { fileURLToPath } from 'node:url';
import { silentLogger } from '../packages/core/src/logger.ts';
import { callTool } from '../packages/mcp-server/src/call-tool.ts';
import { advertisedTool } from '../packages/mcp-server/src/manifest.ts';
import { fakeWorkspace } from '../packages/mcp-server/src/testing/fake-workspace.ts';
import { plainCall } from '../packages/mcp-server/src/tool-call.ts';
import { listWork } from '../packages/mcp-server/src/tools/list-work.ts';
import { tools } from '../packages/mcp-server/src/tools/index.ts';
import { countTokens } from './count-tokens.ts';

const limits = {
  modelViewMean: 120,
  modelViewMax: 200,
  wireMean: 420,
  wireMax: 700,
  textPerPullRequest: 50,
  structuredPerPullRequest: 60,
};
const pullRequests = 50;

/** One measured figure beside what it may be. */
export interface BudgetLine {
  what: string;
  tokens: number;
  limit: number;
}

/** Returns every line of the budget, measured now. */
export async function measureBudget(): Promise<BudgetLine[]> {
  const perTool = tools.map(advertisedTool).map((tool) => {
    const { name, description, inputSchema } = tool;
    const modelView = countTokens(JSON.stringify({ name, description, inputSchema }));
    return { name, modelView, wire: countTokens(JSON.stringify(tool)) };
  });
  const modelViews = perTool.map(({ modelView }) => modelView);
  const wires = perTool.map(({ wire }) => wire);
  return [
    ...perTool.flatMap(({ name, modelView, wire }) => [
      { what: `${name}: model view`, tokens: modelView, limit: limits.modelViewMax },
      { what: `${name}: wire`, tokens: wire, limit: limits.wireMax },
    ]),
    {
      what: 'all tools: model view',
      tokens: sum(modelViews),
      limit: limits.modelViewMean * tools.length,
    },
    { what: 'all tools: wire', tokens: sum(wires), limit: limits.wireMean * tools.length },
    { what: 'average tool: model view', tokens: mean(modelViews), limit: limits.modelViewMean },
    { what: 'average tool: wire', tokens: mean(wires), limit: limits.wireMean },
    ...(await stateLines()),
  ];
}

async function stateLines(): Promise<BudgetLine[]> {
  const workspace = fakeWorkspace({ pullRequests });
  const context = { workspace: async () => workspace, logger: silentLogger, call: plainCall() };
  const answer = await callTool(listWork, { kind: 'pull_request', state: 'open' }, context);
  if ('isError' in answer) throw new Error(answer.content[0].text);
  const text = countTokens(answer.content[0].text);
  const structured = countTokens(JSON.stringify(answer.structuredContent));
  const { textPerPullRequest, structuredPerPullRequest } = limits;
  return [
    {
      what: `${pullRequests} pull requests: text`,
      tokens: text,
      limit: textPerPullRequest * pullRequests,
    },
    {
      what: `${pullRequests} pull requests: structured`,
      tokens: structured,
      limit: structuredPerPullRequest * pullRequests,
    },
    { what: 'one pull request: text', tokens: text / pullRequests, limit: textPerPullRequest },
    {
      what: 'one pull request: structured',
      tokens: structured / pullRequests,
      limit: structuredPerPullRequest,
    },
  ];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}

function print(lines: readonly BudgetLine[]): void {
  const width = Math.max(...lines.map(({ what }) => what.length));
  for (const { what, tokens, limit } of lines) {
    const verdict = tokens <= limit ? 'ok' : 'OVER';
    const figure = Number(tokens.toFixed(1)).toString().padStart(7);
    console.log(`${what.padEnd(width)} ${figure} of ${String(limit).padStart(5)}  ${verdict}`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const lines = await measureBudget();
  print(lines);
  const over = lines.filter(({ tokens, limit }) => tokens > limit);
  console.log(`tokens: ${lines.length - over.length} within budget, ${over.length} over`);
  if (over.length > 0) process.exitCode = 1;
}

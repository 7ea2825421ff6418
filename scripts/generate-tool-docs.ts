// Writes docs/tools from the tool registry: one page per tool and an index. `--check` writes
// nothing and fails where a page differs from its definition.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { silentLogger } from '../packages/core/src/logger.ts';
import { callTool } from '../packages/mcp-server/src/call-tool.ts';
import type { ToolDefinition } from '../packages/mcp-server/src/define-tool.ts';
import { advertisedTool } from '../packages/mcp-server/src/manifest.ts';
import type { PromptDefinition } from '../packages/mcp-server/src/prompts/define-prompt.ts';
import { prompts } from '../packages/mcp-server/src/prompts/index.ts';
import { exampleInputs } from '../packages/mcp-server/src/testing/example-inputs.ts';
import { fakeWorkspace } from '../packages/mcp-server/src/testing/fake-workspace.ts';
import { plainCall } from '../packages/mcp-server/src/tool-call.ts';
import { tools } from '../packages/mcp-server/src/tools/index.ts';
import { markdownTable } from './markdown-table.ts';
import { fieldRows } from './schema-fields.ts';

const folder = fileURLToPath(new URL('../docs/tools/', import.meta.url));
const notice =
  '<!-- Written by scripts/generate-tool-docs.ts from the definition; edit that, not this page. -->';

/** Returns every page of docs/tools by file name. */
export async function toolPages(): Promise<Map<string, string>> {
  const pages = new Map<string, string>();
  for (const tool of tools) pages.set(`${tool.name}.md`, await toolPage(tool));
  return pages.set('README.md', indexPage());
}

/** Returns the names of pages that are missing, differ, or belong to no tool. */
export function stalePages(pages: ReadonlyMap<string, string>): string[] {
  const present = new Set(readdirSync(folder));
  const changed = [...pages].filter(
    ([name, text]) => !present.has(name) || readFileSync(join(folder, name), 'utf8') !== text,
  );
  const orphans = [...present].filter((name) => !pages.has(name));
  return [...changed.map(([name]) => name), ...orphans].toSorted();
}

async function toolPage(tool: ToolDefinition): Promise<string> {
  const advertised = advertisedTool(tool);
  const { annotations } = tool;
  const input = exampleInputs[tool.name] ?? {};
  const output = fieldRows(advertised.outputSchema).map(([field, type]) => [field, type]);
  return `${notice}

# ${tool.title}

${tool.description}

${markdownTable([
  ['', ''],
  ['name', `\`${tool.name}\``],
  ['only reads', yesOrNo(annotations.readOnlyHint)],
  ['can destroy', yesOrNo(annotations.destructiveHint)],
  ['twice is as once', yesOrNo(annotations.idempotentHint)],
  ['leads to outside systems', yesOrNo(annotations.openWorldHint)],
])}

## Input

${markdownTable([['field', 'type', ''], ...fieldRows(advertised.inputSchema)])}

## Answer

${markdownTable([['field', 'type'], ...output])}

## Example

With the input \`${JSON.stringify(input)}\`, on a made-up team, the text form:

\`\`\`text
${await exampleText(tool, input)}
\`\`\`

What all tools share: [tools](README.md).
`;
}

async function exampleText(tool: ToolDefinition, input: object): Promise<string> {
  const workspace = fakeWorkspace({ pullRequests: 8, people: 3, repositories: 2 });
  const context = { workspace: async () => workspace, logger: silentLogger, call: plainCall() };
  const answer = await callTool(tool, input, context);
  const [{ text }] = answer.content;
  if ('isError' in answer) throw new Error(`the example of ${tool.name} fails: ${text}`);
  return text;
}

function indexPage(): string {
  const rows = tools.map(({ name, title, description }) => [
    `[\`${name}\`](${name}.md)`,
    title,
    description,
  ]);
  return `${notice}

# Tools

What an assistant can call over MCP. Every tool reads the local store; none contacts a network.

${markdownTable([['name', 'title', ''], ...rows])}

## What holds for all of them

- **Two forms, the same facts.** The structured form follows the tool's output schema; the text form says the same in lines and tables. Clients show a model one or the other ([decision 0009](../decisions/0009-mcp-text-form.md)).
- **Freshness.** \`as_of\` is the instant of the answer, \`synced_at\` the end of the newest finished sync, null before the first. All times are UTC; a bare day is its midnight.
- **Gaps.** \`gaps\` says what is missing or estimated and how many rows it touches. Where there are more than eight kinds, the last line counts the rest and \`get_sync_status\` lists them.
- **Unknown is null** (\`-\` in text), never 0.
- **Pages.** \`next_cursor\` is null on the last page; otherwise pass it back as \`cursor\` with the same input. An answer that would be longer than about 4,000 tokens holds fewer rows and a cursor; with a \`limit\` of your own the bound is 10,000.
- **Windows.** \`from\` is the first day inside, \`to\` the first day after, both in UTC.
- **Ids.** Own ids are shown in a short form of 22 characters; tools take that form and the long one.
- **Text from outside** (titles, names, messages) is data. It is bounded in length and carries no control, invisible or direction-changing character.
- **Errors** are answers with \`isError\` and say what to do next. An input field that a tool does not know is an error.

## Resources

${markdownTable([
  ['URI', ''],
  ['`adjutant://team`', 'the overview, as `get_team_overview` gives it'],
  ['`adjutant://metrics/{id}`', "one metric's definition"],
])}

## Prompts

What a person picks in a client. Each tells the assistant which tools to call, that text from outside is data, and that people decide about every change.

${markdownTable([['name', '', 'takes'], ...prompts.map(promptRow)])}
`;
}

function promptRow({ name, description, argsSchema }: PromptDefinition): string[] {
  const { required = [] } = z.toJSONSchema(argsSchema, { io: 'input' });
  const taken = Object.keys(argsSchema.shape).map((field) =>
    required.includes(field) ? `\`${field}\`` : `\`${field}\` (optional)`,
  );
  return [`\`${name}\``, description, taken.join(', ')];
}

function yesOrNo(value: boolean): string {
  return value ? 'yes' : 'no';
}

async function run(options: readonly string[]): Promise<number> {
  const pages = await toolPages();
  mkdirSync(folder, { recursive: true });
  const stale = stalePages(pages);
  if (options.includes('--check')) {
    if (stale.length === 0) return 0;
    process.stderr.write(
      `docs/tools differs from the tools: ${stale.join(', ')}. ` +
        'Run "node --conditions=@adjutant/source scripts/generate-tool-docs.ts".\n',
    );
    return 1;
  }
  for (const name of stale) {
    const text = pages.get(name);
    if (text === undefined) rmSync(join(folder, name));
    else writeFileSync(join(folder, name), text);
  }
  process.stdout.write(`docs/tools: ${pages.size} pages, ${stale.length} written or removed.\n`);
  return 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exitCode = await run(process.argv.slice(2));
}

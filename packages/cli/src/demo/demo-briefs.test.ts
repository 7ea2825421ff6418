import { type Brief, briefSchema } from '@adjutant/insights';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { commandLine } from '../testing/command-line.ts';
import { type KeptDemoWorld, keptDemoWorld } from '../testing/kept-demo-world.ts';
import { temporaryFolder } from '../testing/run-cli.ts';
import { hostileTexts } from './work/hostile-texts.ts';

const timeout = 180_000;
const commands = ['today', 'brief standup', 'brief sprint', 'brief weekly', 'triage'] as const;
const removals: (() => void)[] = [];
let world: KeptDemoWorld;
let client: Client;

beforeAll(async () => {
  world = await keptDemoWorld(temporaryFolder((remove) => removals.push(remove)));
  client = new Client({ name: 'test', version: '0.0.0' });
  const [command, ...args] = [
    process.execPath,
    ...commandLine,
    'mcp',
    '--config',
    world.configPath,
  ];
  const env = { ...world.env, PATH: process.env['PATH'] ?? '' };
  await client.connect(new StdioClientTransport({ command, args, env, stderr: 'ignore' }));
}, timeout);

afterAll(async () => {
  await client.close();
  for (const remove of removals) remove();
});

async function shown(line: string): Promise<string> {
  const { exitCode, stdout, stderr } = await world.run(line);
  expect({ line, exitCode, stderr }).toEqual({ line, exitCode: 0, stderr: '' });
  return stdout;
}

const briefOf = async (line: string): Promise<Brief> =>
  briefSchema.parse(JSON.parse(await shown(`${line} --json`)));

/**
 * Leaves out what chance decides: ids, and with them the lot that tells equal reviewers apart, whose
 * rows are counted too.
 */
function withoutChance(text: string): string {
  const isByLot = /Could be\s+asked(?::|&#58;)/.test(text);
  const plain = text
    .replaceAll(/[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/g, 'id')
    .replaceAll(/citation:\w+/g, 'citation:id')
    .replaceAll(/(rows?: (?:signal )?)[\da-z]{8}(?:, [\da-z]{8})*/g, '$1…');
  if (!isByLot) return plain;
  return plain
    .replaceAll(/(Could be\s+asked(?::|&#58;))[^“"]*/g, '$1 … ')
    .replaceAll(/\d+ rows/g, 'n rows')
    .replaceAll(/"(rows_total|evidence)": \d+/g, '"$1": "n"');
}

/** What of a brief is not in its text already: proposals are the triage's own to test. */
function shownFields({ sections, ...brief }: Brief): unknown {
  return {
    ...brief,
    sections: sections.map(({ lines, ...section }) => ({
      ...section,
      lines: lines.map(({ text, about, since, severity, evidence }) => ({
        text,
        key: about?.key ?? null,
        since,
        severity,
        evidence: evidence.length,
      })),
    })),
  };
}

/** An id as the tools write it: 22 characters for a UUID, all others as they are. */
function longOf(id: string): string {
  const plain = id.replace(/^citation:/, '');
  if (!/^[\w-]{22}$/.test(plain)) return plain;
  const hex = Buffer.from(plain, 'base64url').toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** What a line says of its rows: how many, and the ends of their ids. */
const rowsPattern = /\((\d+) rows?: (?:signal )?([\w-]+)(?:, ([\w-]+))?\)/;

const briefLineSchema = z.object({
  text: z.string(),
  rows: z.array(z.string()),
  rows_total: z.number(),
});
const toolBriefSchema = z.looseObject({
  as_of: z.string(),
  sections: z.array(
    z.looseObject({
      title: z.string(),
      total: z.number(),
      lines: z.array(z.looseObject(briefLineSchema.shape)),
    }),
  ),
});

async function askedOverMcp(line: string): Promise<z.infer<typeof toolBriefSchema>> {
  const kind = line.replace('brief ', '');
  const answer = await client.callTool({ name: 'get_brief', arguments: { kind } });
  return toolBriefSchema.parse(answer.structuredContent);
}

describe.each(commands)('%s on the team of the demo', (line) => {
  it('reads as it did, in text, Markdown and JSON', { timeout }, async () => {
    expect(withoutChance(await shown(line))).toMatchSnapshot('text');
    expect(withoutChance(await shown(`${line} --format markdown`))).toMatchSnapshot('markdown');
    expect(
      withoutChance(JSON.stringify(shownFields(await briefOf(line)), null, 1)),
    ).toMatchSnapshot('json');
  });

  it('reads as it did over MCP, to a client of another process', { timeout }, async () => {
    const { as_of: asOf, sections, ...answer } = await askedOverMcp(line);
    expect(asOf.slice(0, 10)).toBe('2026-09-28');
    // How many lines fit into the answer depends by one on ids, which are made by chance.
    const first = sections.map((section) => ({ ...section, lines: section.lines.slice(0, 3) }));
    const told = JSON.stringify({ ...answer, sections: first }, null, 1)
      .replaceAll(/"(?:rows)": \[[^\]]*\]/g, '"rows": […]')
      .replaceAll(/"signal": "[\w-]+"/g, '"signal": "…"')
      .replaceAll(/"to": "2026-09-28[^"]*"/g, '"to": "2026-09-28"')
      .replaceAll(/"from": "2026-09-27[^"]*"/g, '"from": "2026-09-27"');
    expect(withoutChance(told)).toMatchSnapshot('mcp');
  });

  it('has rows in the store behind each of its lines, whoever asks', { timeout }, async () => {
    const brief = await briefOf(line);
    const { sections } = await askedOverMcp(line);
    const markdown = await shown(`${line} --format markdown`);
    const stored = await world.storedIds();
    const isStored = (end: string): boolean => [...stored].some((id) => id.endsWith(end));
    const lines = brief.sections.flatMap((section) => section.lines);
    expect(lines.length).toBeGreaterThan(10);
    for (const { text, evidence } of lines) {
      const lost = evidence.filter((id) => !stored.has(id.replace(/^citation:/, '')));
      expect({ text, count: evidence.length > 0, lost }).toEqual({ text, count: true, lost: [] });
    }
    for (const { text, rows } of sections.flatMap((section) => section.lines)) {
      expect({ text, rows: rows.length > 0 && rows.every((id) => isStored(longOf(id))) }).toEqual({
        text,
        rows: true,
      });
    }
    const items = markdown.split('\n').filter((item) => /^- (?!and \d+ more)/.test(item));
    expect(items.length).toBeGreaterThan(lines.length);
    // What a brief cannot see stands behind its lines and follows from no row.
    for (const item of items.slice(0, lines.length)) {
      const [, count, first = '', second = first] = rowsPattern.exec(item) ?? [];
      expect({ item, known: Number(count) > 0 && isStored(first) && isStored(second) }).toEqual({
        item,
        known: true,
      });
    }
  });

  it('keeps to what Slack takes, and looks there as it did', { timeout }, async () => {
    const message = slackSchema.parse(JSON.parse(await shown(`${line} --format slack`)));
    expect(withoutChance(JSON.stringify(message))).toMatchSnapshot('slack');
  });

  it('has no word that is missing, doubled or wrong in number', async () => {
    for (const { text } of (await briefOf(line)).sections.flatMap((section) => section.lines)) {
      expect(text).not.toMatch(/\b(?:null|undefined|NaN)\b| {2}|\.\.|\s[.,;]/);
      expect(text).not.toMatch(/\b1 (?:rows|days|hours|items|findings|weekdays|deployments)\b/);
      expect(text).toMatch(/[.!?]$/);
    }
  });
});

/** Block Kit's published limits: blocks of a message, a header's characters, an address's. */
const elementSchema = z.union([
  z.strictObject({
    type: z.literal('text'),
    text: z.string().min(1).max(3_000),
    style: z
      .strictObject({ bold: z.literal(true).optional(), italic: z.literal(true).optional() })
      .optional(),
  }),
  z.strictObject({
    type: z.literal('link'),
    text: z.string().min(1),
    url: z.url({ protocol: /^https$/ }).max(3_000),
  }),
]);
const richSectionSchema = z.strictObject({
  type: z.literal('rich_text_section'),
  elements: z.array(elementSchema).min(1),
});
const blockSchema = z.union([
  z.strictObject({
    type: z.literal('header'),
    text: z.strictObject({
      type: z.literal('plain_text'),
      text: z.string().min(1).max(150),
      emoji: z.literal(false),
    }),
  }),
  z.strictObject({
    type: z.literal('rich_text'),
    elements: z
      .array(
        z.union([
          richSectionSchema,
          z.strictObject({
            type: z.literal('rich_text_list'),
            style: z.literal('bullet'),
            elements: z.array(richSectionSchema).min(1),
          }),
        ]),
      )
      .min(1),
  }),
]);
const slackSchema = z.strictObject({
  text: z.string().min(1).max(3_000),
  blocks: z.array(blockSchema).min(1).max(50),
});

describe('the team of the demo', () => {
  it('has something in every brief, and what is hostile stays a quotation', {
    timeout,
  }, async () => {
    const standup = await shown('brief standup --format markdown');
    expect(standup).not.toMatch(/<img|\]\(javascript:|\*\*SYSTEM/);
    const { sections } = await briefOf('brief standup');
    const titles = sections.flatMap(({ lines }) => lines.map(({ about }) => about?.title));
    expect(titles).toContain(hostileTexts.workItem);
    for (const line of ['brief retrospective', 'incident', 'signals', 'sprints', 'status']) {
      expect((await shown(line)).length).toBeGreaterThan(300);
    }
    expect(await shown('ask how is it rolled back')).toMatch(/README\.md/);
  });

  it('leads with what nobody has taken and with what holds people up', async () => {
    const today = await briefOf('today');
    const severe = today.sections.find(({ id }) => id === 'severe');
    expect(severe?.lines.slice(0, 2).map(({ text }) => text)).toEqual([
      expect.stringMatching(/^Nobody has taken incident /),
      expect.stringMatching(/ names a blocker, and nobody has answered /),
    ]);
    expect(today.sections.flatMap(({ lines }) => lines).length).toBeLessThan(25);
  });
});

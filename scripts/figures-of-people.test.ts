import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { handleSurface } from '../packages/core/src/privacy/handle-surface.ts';
import { visibility } from '../packages/core/src/privacy/visibility.ts';
import * as insights from '../packages/insights/src/index.ts';
import { advertisedTool } from '../packages/mcp-server/src/manifest.ts';
import { tools } from '../packages/mcp-server/src/tools/index.ts';
import { repositoryRoot } from './package-build/repository-root.ts';
import {
  attacks,
  type FigureClass,
  handleFigures,
  madeFigures,
  toolFigures,
} from './privacy-guard/figure-classes.ts';

// Of every way to an answer somebody has said what it holds of people, and what holds a figure of
// several is asked for by an attack: a new call, tool or view without that fails here.

/** Inputs that choose what an answer is of. */
const choosing: ReadonlySet<string> = new Set(['view', 'kind', 'mode']);

const inputSchema = z.object({
  properties: z.record(z.string(), z.object({ enum: z.array(z.string()).optional() })).default({}),
});

function viewsOf(tool: (typeof tools)[number]): string[] {
  const { properties } = inputSchema.parse(advertisedTool(tool).inputSchema);
  for (const [field, { enum: values }] of Object.entries(properties)) {
    if (!choosing.has(field) || values === undefined) continue;
    return values.map((value) => `${tool.name} ${field}=${value}`);
  }
  return [tool.name];
}

test('every call of a handle is classed, and so is every view of every tool', () => {
  expect(Object.keys(handleFigures).toSorted()).toEqual(Object.keys(handleSurface).toSorted());
  expect(Object.keys(toolFigures).toSorted()).toEqual(tools.flatMap(viewsOf).toSorted());
});

test('what reads a handle to make an answer of it is classed', () => {
  const made = Object.entries(insights).flatMap(([name, value]) =>
    typeof value === 'function' && /^(?:build|find|triage|incident)[A-Z]/.test(name) ? [name] : [],
  );
  expect(Object.keys(madeFigures).toSorted()).toEqual(made.toSorted());
});

test('a call that gives figures on people is attacked, or gives them to themselves alone', () => {
  const ofPeople = ['figures_on_people', 'chosen_set', 'own_load'] as const;
  for (const of of ofPeople) expect(visibility[of].isPersonal).toBe(true);
  const open = Object.entries(handleSurface).flatMap(([path, entry]) =>
    entry.of.some((one) => ofPeople.some((name) => name === one)) ? [path] : [],
  );
  expect(open.length).toBeGreaterThan(5);
  const classes = new Map<string, FigureClass>(Object.entries(handleFigures));
  expect(open.filter((path) => classes.get(path) === 'none')).toEqual([]);
});

const named = [handleFigures, toolFigures, madeFigures].flatMap((classes) =>
  Object.entries(classes).flatMap(([what, of]: [string, FigureClass]) =>
    typeof of === 'string'
      ? []
      : Object.entries(of).flatMap(([attack, readers]) =>
          readers.map((reader) => ({ what, attack, reader })),
        ),
  ),
);

test.each(named)('$what: the attack on $attack asks by $reader', ({ attack, reader }) => {
  const file = Object.entries(attacks).find(([name]) => name === attack)?.[1] ?? '';
  const text = readFileSync(join(repositoryRoot, file), 'utf8');
  // Briefs of all kinds are asked by one line.
  const [first = '', kind] = reader.split(' ');
  const isBrief = first === 'brief' && text.includes('`brief ${kind}`');
  if (isBrief) {
    const kinds: readonly string[] = insights.briefKindSchema.options;
    expect(kind === undefined || kinds.includes(kind)).toBe(true);
    return;
  }
  const lines = text.split('\n').map((line) => line.trimStart());
  const asks = (line: string): boolean =>
    line.startsWith(`${reader}:`) || line.startsWith(`test('${reader}'`);
  expect(lines.some(asks), `${file} has no reader ${reader}`).toBe(true);
});

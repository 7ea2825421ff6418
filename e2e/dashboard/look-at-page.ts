import { join } from 'node:path';
import axe from 'axe-core';
import { z } from 'zod';
import type { BrowserPage } from '../browser-page.ts';

const violationsSchema = z.array(
  z.object({
    id: z.string(),
    impact: z.string().nullable(),
    nodes: z.array(z.object({ html: z.string(), failureSummary: z.string().optional() })),
  }),
);
const loadSchema = z.object({ paintMs: z.number(), bytes: z.number() });

/** Widths and schemes in which every page is looked at. */
const views = [
  { name: 'wide-light', width: 1280, height: 900, scheme: 'light' },
  { name: 'wide-dark', width: 1280, height: 900, scheme: 'dark' },
  { name: 'phone-light', width: 360, height: 740, scheme: 'light' },
  { name: 'phone-dark', width: 360, height: 740, scheme: 'dark' },
] as const;

const measure = `({
  paintMs: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1,
  bytes: [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
    .reduce((sum, { decodedBodySize }) => sum + decodedBodySize, 0),
})`;

/** What one page costs to load, and what is wrong with it. */
export interface PageLook {
  /** The middle one of three loads, after one that does not count. @unit milliseconds */
  paintMs: number;
  /** Page, styles and scripts, decoded. @unit bytes */
  bytes: number;
  /** What axe calls serious or critical, and what is wider than its screen. */
  faults: string[];
  /** Everything that axe calls less. */
  lesser: string[];
}

/** Loads a page four times, and looks at it in both widths and both schemes; leaves pictures. */
export async function lookAtPage(
  browserPage: BrowserPage,
  url: string,
  picture: { folder: string; name: string },
): Promise<PageLook> {
  await browserPage.resize(1280, 900);
  await browserPage.colorScheme('light');
  await browserPage.open(url);
  const loads: z.infer<typeof loadSchema>[] = [];
  for (let load = 0; load < 3; load += 1) {
    await browserPage.open(url);
    await browserPage.waitFor(`performance.getEntriesByName('first-contentful-paint').length > 0`);
    loads.push(loadSchema.parse(await browserPage.evaluate(measure)));
  }
  const found = new Map<string, 'faults' | 'lesser'>();
  for (const { name, width, height, scheme } of views) {
    await browserPage.resize(width, height);
    await browserPage.colorScheme(scheme);
    await browserPage.screenshot(join(picture.folder, `${picture.name}-${name}.png`));
    for (const fault of await faultsIn(browserPage)) {
      found.set(`${name}: ${fault.text}`, fault.isGrave ? 'faults' : 'lesser');
    }
  }
  await browserPage.resize(1280, 900);
  await browserPage.colorScheme('light');
  const of = (kind: string): string[] =>
    [...found].flatMap(([text, grade]) => (grade === kind ? [text] : []));
  return {
    paintMs: middleOf(loads.map(({ paintMs }) => paintMs)),
    bytes: Math.max(...loads.map(({ bytes }) => bytes)),
    faults: of('faults'),
    lesser: of('lesser'),
  };
}

function middleOf(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? NaN;
}

interface Fault {
  text: string;
  isGrave: boolean;
}

async function faultsIn(browserPage: BrowserPage): Promise<Fault[]> {
  await browserPage.evaluate(`if (window.axe === undefined) { ${axe.source} }; true`);
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const told = await browserPage.evaluate(
    `axe.run(document, { runOnly: ${JSON.stringify(tags)}, resultTypes: ['violations'] }).then(({ violations }) =>
      violations.map(({ id, impact, nodes }) => ({ id, impact: impact ?? null, nodes: nodes.map(({ html, failureSummary }) => ({ html, failureSummary })) })))`,
  );
  const faults = violationsSchema.parse(told).map(({ id, impact, nodes }): Fault => {
    const [first] = nodes;
    const where = `${first?.html.slice(0, 160) ?? ''} ${first?.failureSummary?.replaceAll(/\s+/g, ' ').slice(0, 200) ?? ''}`;
    return {
      text: `${id} (${impact ?? 'unrated'}, ${nodes.length}×) ${where}`,
      isGrave: impact === 'serious' || impact === 'critical',
    };
  });
  const overflow = await browserPage.evaluate(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  if (overflow !== 0)
    faults.push({ text: `${String(overflow)} px wider than the screen`, isGrave: true });
  return faults;
}

import type { WorkspaceHandle } from '@adjutant/core';
import { type BriefKind, briefKindSchema, buildBrief } from '@adjutant/insights';

export interface BriefCheck {
  briefs: number;
  lines: number;
  troubles: string[];
  look(
    workspace: WorkspaceHandle,
    known: ReadonlySet<string>,
    people: readonly string[],
  ): Promise<void>;
}

/** What no row is of: figures that were cited, and what a source does not show. */
const ofNoRow = /^(?:citation|gap):/;

/** Builds every brief and holds each of its lines to the rows that it names. */
export function checkBriefs(): BriefCheck {
  const check: BriefCheck = {
    briefs: 0,
    lines: 0,
    troubles: [],
    async look(workspace, known, people) {
      for (const kind of briefKindSchema.options) {
        const brief = await buildBrief(workspace, { kind });
        check.briefs += 1;
        for (const { lines, title } of brief.sections) {
          for (const { text, evidence } of lines) {
            check.lines += 1;
            check.troubles.push(...troublesOf(kind, text, evidence, known));
          }
          check.troubles.push(...rankingIn(kind, title, lines, people));
        }
      }
    },
  };
  return check;
}

function troublesOf(
  kind: BriefKind,
  text: string,
  evidence: readonly string[],
  known: ReadonlySet<string>,
): string[] {
  const lost = evidence.filter((id) => !ofNoRow.test(id) && !known.has(id));
  if (evidence.length > 0 && lost.length === 0) return [];
  return [`${kind}: "${text}" names ${lost[0] ?? 'no row'}, which is not there`];
}

/** Whom to ask stands behind a piece of work, whose order it is and whose numbers they are. */
const whomToAsk = / Could be asked: .*$/s;

/** A section in which several lines name one person each, with a number, puts people in an order. */
function rankingIn(
  kind: BriefKind,
  title: string,
  lines: readonly { text: string }[],
  people: readonly string[],
): string[] {
  const naming = lines
    .map(({ text }) => text.replace(whomToAsk, ''))
    .filter((text) => /\d/.test(text) && people.filter((name) => text.includes(name)).length === 1);
  return naming.length < 2 ? [] : [`${kind}: "${title}" puts people in an order`];
}

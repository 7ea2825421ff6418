import { isWord } from './characters.ts';
import { readableText, type Seams } from './readable-text.ts';
import type { RedactionFinding, RedactionLevel, RedactionRule } from './redaction-rule.ts';
import { redactionRules } from './rules/all-rules.ts';
import { viewText } from './text-view.ts';

/** Masks what must not leave in texts that go out; stored sources stay as they are. */
export interface TextRedactor {
  /** Returns the text with each finding replaced by what it is: `[secret]`, `[e-mail]`, `[phone]`. */
  readonly redact: (text: string) => string;
  /** Returns what would be replaced, in the order of the text, without overlaps. */
  readonly find: (text: string) => readonly RedactionFinding[];
}

interface Found extends RedactionFinding {
  readonly marker: string;
}

const rank: Readonly<Record<RedactionLevel, number>> = { off: 0, standard: 1, strict: 2 };
const shortestRepeated = 8;
const mostRepeated = 16;
// What one pass replaces may bring together what another one finds; two are the rule.
const mostPasses = 5;
/**
 * Returns a redactor. Secrets are masked at every level; the level says how much personal data is:
 * none at `off`, what its form or checksum shows at `standard`, also what only a label names at
 * `strict`.
 */
export function createTextRedactor(options: { readonly level: RedactionLevel }): TextRedactor {
  const rules = redactionRules.filter((rule) => rank[rule.level] <= rank[options.level]);
  const find = (text: string): Found[] => findAll(text, rules);
  return {
    find: (text) => find(text).map(({ kind, rule, start, end }) => ({ kind, rule, start, end })),
    redact: (text) => {
      let current = text;
      for (let pass = 0; pass < mostPasses; pass += 1) {
        const found = find(current);
        if (found.length === 0) return current;
        current = replaceAll(current, found);
      }
      return current;
    },
  };
}

const strict = createTextRedactor({ level: 'strict' });

/** Returns true for a text in which the strictest level finds a secret or something about a person. */
export function containsSensitiveText(text: string): boolean {
  return strict.find(text).length > 0;
}

/** What a text holds as it was written, and as it is read: an escape or what is not seen hides nothing. */
function findAll(text: string, rules: readonly RedactionRule[]): Found[] {
  const found = findIn(text, rules, noSeams);
  const readable = readableText(text);
  if (readable !== null) {
    for (const finding of findIn(readable.text, rules, readable.seams)) {
      found.push({ ...finding, ...readable.written(finding.start, finding.end) });
    }
  }
  return found.length === 0 ? found : withoutOverlaps(found);
}

const noSeams: Seams = { has: () => false };

function findIn(text: string, rules: readonly RedactionRule[], seams: Seams): Found[] {
  const found: Found[] = [];
  const view = viewText(text, seams);
  const digits = /\d/.test(text);
  for (const rule of rules) {
    if (rule.needsDigit === true && !digits) continue;
    if (rule.needles.length > 0 && !rule.needles.some(view.mayHold)) continue;
    const { kind, marker } = rule;
    rule.find(
      text,
      (name, start, end) => {
        if (end > start) found.push({ kind, rule: name, start, end, marker });
      },
      view,
    );
  }
  return found.length === 0 ? found : [...found, ...repeated(text, found)];
}

/** A secret that is named once is masked wherever else the text has it. */
function repeated(text: string, found: readonly Found[]): Found[] {
  const values = new Map<string, Found>();
  for (const finding of found) {
    if (values.size >= mostRepeated) break;
    const length = finding.end - finding.start;
    if (finding.kind !== 'secret' || length < shortestRepeated || length > 512) continue;
    const value = text.slice(finding.start, finding.end);
    if (!/^[a-z]{1,512}$/.test(value)) values.set(value, finding);
  }
  const known = new Set(found.map(({ start }) => start));
  const again: Found[] = [];
  for (const [value, finding] of values) {
    let index = text.indexOf(value);
    while (index !== -1) {
      const end = index + value.length;
      const free = !isWord(text.charCodeAt(index - 1)) && !isWord(text.charCodeAt(end));
      if (free && !known.has(index)) again.push({ ...finding, start: index, end });
      index = text.indexOf(value, end);
    }
  }
  return again;
}

/** In the order of the text; what overlaps becomes one, named by a secret if one is in it. */
function withoutOverlaps(found: readonly Found[]): Found[] {
  const sorted = found.toSorted((a, b) => a.start - b.start || b.end - a.end);
  const merged: Found[] = [];
  for (const finding of sorted) {
    const last = merged.at(-1);
    if (last === undefined || finding.start >= last.end) {
      merged.push(finding);
    } else {
      const named = last.kind === 'secret' || finding.kind !== 'secret' ? last : finding;
      merged[merged.length - 1] = {
        ...named,
        start: last.start,
        end: Math.max(last.end, finding.end),
      };
    }
  }
  return merged;
}

function replaceAll(text: string, found: readonly Found[]): string {
  let replaced = '';
  let from = 0;
  for (const { start, end, marker } of found) {
    replaced += text.slice(from, start) + marker;
    from = end;
  }
  return replaced + text.slice(from);
}

import { type Document, isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';

/** Lines and columns start at 1, as editors count. */
export interface PolicyPlace {
  line: number;
  column: number;
}

export interface PolicyProblem extends PolicyPlace {
  /** What is wrong. */
  message: string;
  /** What to write instead. */
  hint: string;
}

type Path = readonly PropertyKey[];

/** A policy file as YAML, with the place of everything in it. */
export interface PolicyDocument {
  value: unknown;
  /** Of the value at this path, or of what should hold it. */
  placeOf(path: Path): PolicyPlace;
  /** Of the last key of this path. */
  placeOfKey(path: Path): PolicyPlace;
  /** Of a character in the text at this path, where it stands there as it is read. */
  placeInText(path: Path, offset: number): PolicyPlace;
}

/** The founding document's form, which YAML cannot read. */
const oldForm = /\bmode:[ \t]*["']?ask_if_(\w+?)["']?[ \t]*(?::[ \t]*true|$|[,}\r\n])/g;

/** Returns the file as YAML, or why it cannot be read. */
export function readPolicyDocument(
  text: string,
): { document: PolicyDocument } | { problem: PolicyProblem } {
  const lines = new LineCounter();
  const yaml = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number): PolicyPlace => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const old = [...text.matchAll(oldForm)].find(({ index }) => !isCommented(text, index));
  if (old !== undefined) {
    const place = at(old.index + old[0].indexOf('ask_if_'));
    return { problem: { ...place, ...oldFormProblem(old[1] ?? '') } };
  }
  const [broken] = yaml.errors;
  if (broken !== undefined) {
    const message = `is not valid YAML: ${broken.message.split('\n')[0]?.replace(/\.$/, '') ?? ''}`;
    return { problem: { ...at(broken.pos[0]), message, hint: 'Correct that line.' } };
  }
  try {
    return { document: locate(yaml, yaml.toJS({ maxAliasCount: 100 }), text, at) };
  } catch {
    const message = 'has aliases that cannot be resolved';
    return { problem: { line: 1, column: 1, message, hint: 'Write the values out.' } };
  }
}

function isCommented(text: string, offset: number): boolean {
  return text.slice(text.lastIndexOf('\n', offset) + 1, offset).includes('#');
}

function oldFormProblem(condition: string): { message: string; hint: string } {
  return {
    message: `has the old form of a mode, "ask_if_${condition}: true", which is not valid YAML`,
    hint: `Write "mode: {base: auto, ask_if: [${condition}]}".`,
  };
}

function locate(
  yaml: Document,
  value: unknown,
  text: string,
  at: (offset: number) => PolicyPlace,
): PolicyDocument {
  const startOf = (path: Path): number => {
    for (let length = path.length; length > 0; length -= 1) {
      const start = rangeStart(yaml.getIn(path.slice(0, length), true));
      if (start !== null) return start;
    }
    return rangeStart(yaml.contents) ?? 0;
  };
  return {
    value,
    placeOf: (path) => at(startOf(path)),
    placeOfKey: (path) => {
      const parent = path.length === 1 ? yaml.contents : yaml.getIn(path.slice(0, -1), true);
      const key = String(path.at(-1));
      const pair = isMap(parent)
        ? parent.items.find((item) => isScalar(item.key) && String(item.key.value) === key)
        : undefined;
      return at(rangeStart(pair?.key) ?? startOf(path.slice(0, -1)));
    },
    placeInText: (path, offset) => {
      const start = startOf(path);
      const node: unknown = yaml.getIn(path, true);
      const read = isScalar(node) && typeof node.value === 'string' ? node.value : null;
      const quote = /["']/.test(text[start] ?? '') ? 1 : 0;
      const isVerbatim = read !== null && text.startsWith(read, start + quote);
      return at(isVerbatim ? start + quote + offset : start);
    },
  };
}

const rangedSchema = z.object({ range: z.tuple([z.number()], z.unknown()) });

/** Returns where a node of the YAML begins; null for what has no place. */
export function rangeStart(node: unknown): number | null {
  const parsed = rangedSchema.safeParse(node);
  return parsed.success ? parsed.data.range[0] : null;
}

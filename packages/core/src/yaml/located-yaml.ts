import { type Document, isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { yamlBounds } from './yaml-bounds.ts';

/** Lines and columns start at 1, as editors count. */
export interface Place {
  line: number;
  column: number;
}

export interface Problem extends Place {
  /** What is wrong. */
  message: string;
  /** What to write instead. */
  hint: string;
}

type Path = readonly PropertyKey[];

/** A file as YAML, with the place of everything in it. */
export interface LocatedYaml {
  value: unknown;
  /** Of the value at this path, or of what should hold it. */
  placeOf(path: Path): Place;
  /** Of the last key of this path. */
  placeOfKey(path: Path): Place;
  /** Of a character in the text at this path, where it stands there as it is read. */
  placeInText(path: Path, offset: number): Place;
}

/** Returns a text as YAML, or why it cannot be read. */
export function readLocatedYaml(
  text: string,
  { mostAliases = 100 }: { mostAliases?: number } = {},
): { document: LocatedYaml } | { problem: Problem } {
  const bounds = yamlBounds(text);
  if (bounds !== null) return { problem: bounds };
  const lines = new LineCounter();
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  let yaml: Document;
  try {
    yaml = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  } catch {
    // Its reader goes down into what is nested, and comes to the end of the stack.
    const message = 'is nested more deeply than can be read';
    return { problem: { line: 1, column: 1, message, hint: 'Write fewer levels.' } };
  }
  const [broken] = yaml.errors;
  if (broken !== undefined) {
    const message = `is not valid YAML: ${broken.message.split('\n')[0]?.replace(/\.$/, '') ?? ''}`;
    return { problem: { ...at(broken.pos[0]), message, hint: 'Correct that line.' } };
  }
  try {
    return { document: locate(yaml, yaml.toJS({ maxAliasCount: mostAliases }), text, at) };
  } catch {
    const message = 'has aliases that cannot be resolved';
    return { problem: { line: 1, column: 1, message, hint: 'Write the values out.' } };
  }
}

function locate(
  yaml: Document,
  value: unknown,
  text: string,
  at: (offset: number) => Place,
): LocatedYaml {
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

/** Returns the value at a path of what was read; only what stands there itself is one. */
export function valueAt(value: unknown, path: Path): unknown {
  let current = value;
  for (const step of path) {
    if (typeof current !== 'object' || current === null) return undefined;
    current = Object.getOwnPropertyDescriptor(current, step)?.value;
  }
  return current;
}

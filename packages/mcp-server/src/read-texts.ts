import type { ProposeInput } from '@adjutant/core';
import { boundedText } from './answer/bounded-text.ts';
import type { AssistantHandle } from './assistant-handle.ts';

/** What of an answer other people or programs wrote. */
interface OutsideText {
  from: string;
  text: string;
}

interface ShownTexts {
  first: Map<string, OutsideText>;
  last: Map<string, OutsideText>;
  total: number;
}

/** Which outside texts each assistant was shown, so that whoever decides can see them. */
export interface ReadTexts {
  /** Notes what an answer shows of outside texts. */
  note(handle: AssistantHandle, answer: Readonly<Record<string, unknown>>): void;
  /** Notes what a message of a failure quotes. */
  noteFailure(handle: AssistantHandle, message: string): void;
  /** Returns what an assistant was shown, the last first. */
  shownTo(handle: AssistantHandle): NonNullable<ProposeInput['outsideTexts']>;
}

const firstKept = 10;
const lastKept = 90;
const mostAssistants = 500;
const fromMaxCharacters = 160;
const partMaxCharacters = 250;
const textMaxCharacters = 500;

/**
 * Returns an empty account of what assistants were shown. It is kept in memory: one of a process that
 * was started anew begins anew, and of many texts the first ten and the last ninety are kept with how
 * many there were: reading on puts out of sight nothing that was read at the beginning.
 */
export function createReadTexts(): ReadTexts {
  const byAssistant = new Map<string, ShownTexts>();
  const keep = (handle: AssistantHandle, found: readonly OutsideText[]): void => {
    if (found.length === 0) return;
    const key = assistantKey(handle);
    const nothing: ShownTexts = { first: new Map(), last: new Map(), total: 0 };
    const shown = byAssistant.get(key) ?? nothing;
    // What was used last is kept longest.
    byAssistant.delete(key);
    byAssistant.set(key, shown);
    for (const text of found) {
      const name = JSON.stringify(text);
      if (shown.first.has(name)) continue;
      if (!shown.last.delete(name)) shown.total += 1;
      if (shown.first.size < firstKept) shown.first.set(name, text);
      else shown.last.set(name, text);
    }
    dropFirst(shown.last, lastKept);
    dropFirst(byAssistant, mostAssistants);
  };
  return {
    note: (handle, answer) => keep(handle, outsideTextsIn(answer)),
    noteFailure: (handle, message) => keep(handle, quotedIn(message)),
    shownTo(handle) {
      const shown = byAssistant.get(assistantKey(handle));
      if (shown === undefined) return { total: 0, texts: [] };
      const texts = [...shown.first.values(), ...shown.last.values()].toReversed();
      return { total: shown.total, texts };
    },
  };
}

function assistantKey({ workspaceId, viewer }: AssistantHandle): string {
  return JSON.stringify([workspaceId, viewer]);
}

function dropFirst(kept: Map<string, unknown>, most: number): void {
  for (const key of kept.keys()) {
    if (kept.size <= most) return;
    kept.delete(key);
  }
}

/** Returns the handle with every proposal telling what its assistant was shown before. */
export function withReadTexts(handle: AssistantHandle, reads: ReadTexts): AssistantHandle {
  const { actions } = handle;
  return {
    ...handle,
    forTeam: (teamId) => withReadTexts(handle.forTeam(teamId), reads),
    actions: {
      ...actions,
      propose: (input) => actions.propose({ ...input, outsideTexts: reads.shownTo(handle) }),
    },
  };
}

/** Fields by which a row is called, the best first. */
const names = ['key', 'path', 'name', 'display_name', 'repository', 'action_id', 'id', 'type'];
/** Fields in which only words of Adjutant stand, whatever the answer. */
const own = new Set(
  'as_of synced_at message hint description definition caveats unit empty missing next_step start decide next_cursor idempotency_key looked_for unknown_words gap_codes'.split(
    ' ',
  ),
);
/** Ids, instants, numbers and names of states: nothing that could ask for anything. */
const plain = /^(?:[A-Za-z0-9_-]{0,40}|#?\d{1,12}|[\d:.TZ-]{8,30}|adjutant:\/\/\S+)$/;

function outsideTextsIn(answer: Readonly<Record<string, unknown>>): OutsideText[] {
  const found: OutsideText[] = [];
  collect(answer, 'the answer', found);
  return found;
}

/** Messages are ours, and put what is not into quotation marks. */
function quotedIn(message: string): OutsideText[] {
  const quoted = [...message.matchAll(/“([^”]+)”/g)].map(([, text = '']) => text);
  if (quoted.length === 0) return [];
  return [{ from: 'a message', text: boundedText(quoted.join(' · '), textMaxCharacters) }];
}

function collect(row: Readonly<Record<string, unknown>>, above: string, into: OutsideText[]): void {
  const name = names.map((field) => row[field]).find((value) => typeof value === 'string');
  const from = typeof name === 'string' ? boundedText(name, fromMaxCharacters) : above;
  const texts: string[] = [];
  for (const [field, value] of Object.entries(row)) {
    if (own.has(field) || isOwnHeading(row, field)) continue;
    for (const item of Array.isArray(value) ? value : [value]) {
      if (typeof item === 'string' && !plain.test(item)) {
        texts.push(boundedText(item, partMaxCharacters));
      }
      if (isRow(item)) collect(item, from, into);
    }
  }
  // A name of one word is told by where it stands.
  const said = texts.filter((text) => text !== from || /\s/.test(from));
  if (said.length > 0) into.push({ from, text: boundedText(said.join(' · '), textMaxCharacters) });
}

/** Headings of a brief and its sections are ours. */
function isOwnHeading(row: Readonly<Record<string, unknown>>, field: string): boolean {
  return (field === 'heading' && 'sections' in row) || (field === 'title' && 'lines' in row);
}

function isRow(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

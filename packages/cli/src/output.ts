import { numberOf, replaceHidden, visibleJson } from '@adjutant/core/ports';
import pc from 'picocolors';
import type { Io } from './io.ts';

export type Colors = ReturnType<typeof pc.createColors>;

/** The one way to standard output and standard error. */
export interface Output {
  readonly isJson: boolean;
  readonly colors: Colors;
  /** How wide a line may be. */
  readonly columns: number;
  /** Prints an answer: the value as one JSON document with --json, else the text. */
  answer(value: unknown, text: () => string): void;
  /** Prints text that is meant for a person: with --json or in a pipe, nothing. */
  note(text: string): void;
  /** Prints to standard error, whoever reads it. */
  warn(text: string): void;
}

const defaultColumns = 80;
const widestColumns = 120;

/** Returns whether colours may be used: not in a pipe, not with NO_COLOR, not with --no-color. */
function allowsColor(io: Io, wanted: boolean): boolean {
  const noColor = io.env['NO_COLOR'];
  return (
    wanted &&
    io.stdout.isTty &&
    (noColor === undefined || noColor === '') &&
    io.env['TERM'] !== 'dumb'
  );
}

/** Returns the ports of one run. */
export function createOutput(io: Io, options: { json: boolean; color: boolean }): Output {
  const isColored = !options.json && allowsColor(io, options.color);
  const line = (text: string): string => (text.endsWith('\n') ? text : `${text}\n`);
  const told = (text: string): string => line(seen(text, isColored));
  return {
    isJson: options.json,
    colors: pc.createColors(isColored),
    columns: Math.min(io.stdout.columns ?? defaultColumns, widestColumns),
    answer(value, text) {
      io.stdout.write(
        options.json ? line(visibleJson(JSON.stringify(value, null, 2))) : told(text()),
      );
    },
    note(text) {
      if (!options.json && io.stdout.isTty) io.stdout.write(told(text));
    },
    warn(text) {
      io.stderr.write(told(text));
    },
  };
}

/**
 * Whoever writes a text has made it fit to be seen; this is for the one that was forgotten. A colour of
 * ours begins with a character that is not seen either.
 */
function seen(text: string, isColored: boolean): string {
  const seenLine = (line: string): string =>
    replaceHidden(line, (character) =>
      character === '\t' || (isColored && character === '\u001b')
        ? character
        : `<${numberOf(character)}>`,
    );
  return text.split('\n').map(seenLine).join('\n');
}

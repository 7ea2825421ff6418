import type { SetupCheck, SetupStep, SetupValues } from '@adjutant/gateway';
import type { CommandContext } from '../command-context.ts';
import type { Surroundings } from '../init/init-answers.ts';
import type { OpenAdjutant } from '../open-adjutant.ts';

/** What every step is made from. */
export interface SetupContext {
  context: CommandContext;
  opened: Pick<OpenAdjutant, 'secrets' | 'loaded' | 'stored'>;
  here: Surroundings;
  /** The configuration file that is read and written. */
  place: string;
  /** Writes a part of it. */
  write: (keys: readonly string[], value: unknown) => void;
}

/** One step, without whether it was left out. */
export interface CliSetupStep {
  id: string;
  title: string;
  about: string;
  check: string | null;
  /** What stands now: done or open, in words, with its fields. */
  read(
    this: void,
    setup: SetupContext,
  ): Pick<SetupStep, 'standing' | 'fields'> & { isDone: boolean };
  try(this: void, setup: SetupContext, values: SetupValues): Promise<SetupCheck>;
  /** Keeps it and says what was kept. */
  keep(this: void, setup: SetupContext, values: SetupValues): Promise<string>;
  /** False where it holds at once. */
  needsRestart?: boolean;
}

/** Returns what was typed into a field, without blanks around it. */
export function textOf(values: SetupValues, name: string): string {
  const value = values[name] ?? '';
  return (typeof value === 'string' ? value : value.join('\n')).trim();
}

/** Returns what was typed or chosen in a field that takes several, each once. */
export function listOf(values: SetupValues, name: string): string[] {
  const value = values[name] ?? '';
  const parts = typeof value === 'string' ? value.split(/[\n,]/) : value;
  return [...new Set(parts.map((part) => part.trim()).filter((part) => part !== ''))];
}

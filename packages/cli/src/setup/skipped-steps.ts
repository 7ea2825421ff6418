import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

const fileSchema = z.record(z.string(), z.array(z.string()));

/** Which steps somebody left out, by configuration; a file in the user's own data folder. */
export interface SkippedSteps {
  read(): ReadonlySet<string>;
  set(stepId: string, isSkipped: boolean): void;
}

/** Returns what was left out of setting up one configuration. */
export function skippedSteps(file: string, configuration: string): SkippedSteps {
  const all = (): Record<string, string[]> => {
    if (!existsSync(file)) return {};
    try {
      return fileSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    } catch {
      // Nothing hangs on it but what is shown as left out.
      return {};
    }
  };
  const read = (): Set<string> => new Set(all()[configuration] ?? []);
  return {
    read,
    set(stepId, isSkipped) {
      const steps = read();
      if (isSkipped) steps.add(stepId);
      else steps.delete(stepId);
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      const kept = { ...all(), [configuration]: [...steps].toSorted() };
      writeFileSync(file, `${JSON.stringify(kept, null, 2)}\n`, { mode: 0o600 });
    },
  };
}

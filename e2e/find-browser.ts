import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/** Returns the Chromium of this machine, or what the variable CHROMIUM names; null where there is none. */
export function findBrowser(environment: NodeJS.ProcessEnv): string | null {
  const named = environment['CHROMIUM'];
  if (named !== undefined && named !== '') return named;
  const folders = (environment['PATH'] ?? '').split(delimiter);
  for (const name of names) {
    for (const folder of folders) {
      if (isProgram(join(folder, name))) return join(folder, name);
    }
  }
  return null;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

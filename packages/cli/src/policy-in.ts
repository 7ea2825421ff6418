import { existsSync } from 'node:fs';
import { join } from 'node:path';

const fileName = 'adjutant.policy.yaml';

/** Returns the policy beside a configuration as an option of `createAdjutant`; nothing where there is none. */
export function policyIn(folder: string): { policy?: { file: string } } {
  const file = join(folder, fileName);
  return existsSync(file) ? { policy: { file } } : {};
}

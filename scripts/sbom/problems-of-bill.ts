import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Ajv } from 'ajv';
import { z } from 'zod';

const require = createRequire(import.meta.url);
const anySchema = z.record(z.string(), z.unknown());

let compiled: ReturnType<Ajv['compile']> | null = null;

/** Returns what the published schema of CycloneDX 1.6 finds wrong with a document; empty for nothing. */
export function problemsOfBill(bill: unknown): string[] {
  compiled ??= compile();
  if (compiled(bill)) return [];
  return (compiled.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

function compile(): ReturnType<Ajv['compile']> {
  const folder = dirname(require.resolve('@cyclonedx/cyclonedx-library/package.json'));
  const read = (name: string): Record<string, unknown> =>
    anySchema.parse(JSON.parse(readFileSync(join(folder, 'res', 'schema', name), 'utf8')));
  // Formats such as `iri-reference` need another package; what they are of here is made from names.
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
  for (const name of ['spdx.SNAPSHOT.schema.json', 'jsf-0.82.SNAPSHOT.schema.json']) {
    // By the name under which the other one asks for it, which is not the one it gives itself.
    ajv.addSchema(read(name), `http://cyclonedx.org/schema/${name}`);
  }
  return ajv.compile(read('bom-1.6.SNAPSHOT.schema.json'));
}

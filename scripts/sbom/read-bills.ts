import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { PackageManifest } from '../package-build/package-manifest.ts';

const componentSchema = z.object({
  group: z.string().optional(),
  name: z.string(),
  version: z.string(),
  licenses: z.tuple([
    z.union([
      z.object({ license: z.object({ id: z.string() }) }),
      z.object({ expression: z.string() }),
    ]),
  ]),
  properties: z.tuple([
    z.object({
      name: z.literal('adjutant:shipped'),
      value: z.enum(['bundled', 'installed', 'both']),
    }),
  ]),
});

/** What the bill of materials of one package says, as far as it is read again. */
export interface Bill {
  packageName: string;
  document: unknown;
  components: { name: string; version: string; licence: string; shipped: string }[];
}

/** Returns the bill that the last build wrote for a package. @throws Error where there is none */
export function readBill({ name: packageName, folder }: PackageManifest): Bill {
  const path = join(folder, 'dist', 'sbom.cdx.json');
  if (!existsSync(path)) throw new Error(`${packageName} was not built: pnpm build`);
  const document: unknown = JSON.parse(readFileSync(path, 'utf8'));
  const { components } = z.object({ components: z.array(componentSchema) }).parse(document);
  return {
    packageName,
    document,
    components: components.map(({ group, name, version, licenses, properties }) => ({
      name: group === undefined ? name : `${group}/${name}`,
      version,
      licence: 'license' in licenses[0] ? licenses[0].license.id : licenses[0].expression,
      shipped: properties[0].value,
    })),
  };
}

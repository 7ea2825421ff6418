import type { BundledPackage } from '../package-build/bundled-packages.ts';
import { type PackageManifest, readPackageManifest } from '../package-build/package-manifest.ts';
import { readLockfile } from './lockfile.ts';
import {
  bundledComponents,
  installedComponents,
  type ShippedComponent,
  withSiblings,
} from './shipped-components.ts';

export interface BillContents {
  manifest: PackageManifest;
  /** The packages of others in its files. */
  bundled: readonly BundledPackage[];
  /** Our own packages in its files. */
  siblings: readonly PackageManifest[];
  /** Seconds; without it the document has no time, and is the same whenever it is made. */
  sourceDateEpoch?: string | undefined;
}

/**
 * Returns a CycloneDX 1.6 document of what reaches whoever installs a package: what is in its files,
 * and what is installed beside it. The same input gives the same document.
 * @throws Error for a licence that is not permitted
 */
export function billOfMaterials({ manifest, bundled, siblings, sourceDateEpoch }: BillContents) {
  const lockfile = readLockfile();
  const inside = [...bundledComponents(bundled, lockfile), ...siblings.map(ourOwn('bundled'))];
  const beside = [
    ...installedComponents(manifest, lockfile),
    ...withSiblings(manifest.folder, lockfile)
      .slice(1)
      .map((folder) => ourOwn('installed')(readPackageManifest(folder))),
  ];
  const all = joined(inside, beside).toSorted(byKey);
  const kept = new Set(all.map(keyOf));
  const root = { name: manifest.name, version: manifest.version };
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      ...(sourceDateEpoch === undefined ? {} : { timestamp: instantOf(sourceDateEpoch) }),
      component: {
        type: Object.keys(manifest.bin).length > 0 ? 'application' : 'library',
        'bom-ref': purlOf(root),
        ...nameOf(root.name),
        version: root.version,
        licenses: [{ license: { id: 'MIT' } }],
        purl: purlOf(root),
      },
    },
    components: all.map(componentOf),
    dependencies: [
      { ref: purlOf(root), dependsOn: all.map(purlOf) },
      ...all.map((one) => ({
        ref: purlOf(one),
        dependsOn: one.needs.filter((key) => kept.has(key)).map((key) => purlOf(splitKey(key))),
      })),
    ],
  };
}

function componentOf(one: ShippedComponent) {
  const { name, version, licence, shipped, isOptional, integrity } = one;
  return {
    type: 'library',
    'bom-ref': purlOf(one),
    ...nameOf(name),
    version,
    scope: isOptional ? 'optional' : 'required',
    ...(integrity === null ? {} : { hashes: [hashOf(integrity)] }),
    licenses: [/\s/.test(licence) ? { expression: licence } : { license: { id: licence } }],
    purl: purlOf(one),
    properties: [{ name: 'adjutant:shipped', value: shipped }],
  };
}

/** What is in the files and beside them too is told of once. */
function joined(
  inside: readonly ShippedComponent[],
  beside: readonly ShippedComponent[],
): ShippedComponent[] {
  const bundled = new Set(inside.map(keyOf));
  const installed = new Set(beside.map(keyOf));
  return [
    ...inside.filter((one) => !installed.has(keyOf(one))),
    ...beside.map((one) =>
      bundled.has(keyOf(one)) ? { ...one, shipped: 'both' as const, isOptional: false } : one,
    ),
  ];
}

type Named = Pick<ShippedComponent, 'name' | 'version'>;

function ourOwn(shipped: ShippedComponent['shipped']) {
  return ({ name, version }: PackageManifest): ShippedComponent => ({
    ...{ name, version, shipped, licence: 'MIT', isOptional: false, integrity: null, needs: [] },
  });
}

function nameOf(name: string): { group?: string; name: string } {
  const [scope, rest] = name.split('/');
  return rest === undefined || scope === undefined ? { name } : { group: scope, name: rest };
}

function purlOf({ name, version }: Named): string {
  return `pkg:npm/${name.replace('@', '%40')}@${version}`;
}

function keyOf({ name, version }: Named): string {
  return `${name}@${version}`;
}

function splitKey(key: string): Named {
  const at = key.lastIndexOf('@');
  return { name: key.slice(0, at), version: key.slice(at + 1) };
}

/** By code units: the order of a language would be another on another machine. */
function byKey(one: Named, other: Named): number {
  return keyOf(one) < keyOf(other) ? -1 : 1;
}

function hashOf(integrity: string): { alg: string; content: string } {
  const [algorithm, base64 = ''] = integrity.split('-');
  if (algorithm !== 'sha512') throw new Error(`unexpected integrity ${integrity}`);
  return { alg: 'SHA-512', content: Buffer.from(base64, 'base64').toString('hex') };
}

function instantOf(seconds: string): string {
  return new Date(Number(seconds) * 1_000).toISOString();
}

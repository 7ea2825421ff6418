import { createHash } from 'node:crypto';

/** Returns the id that git gives to an object. */
export function objectId(type: 'blob' | 'tree' | 'commit', content: string | Uint8Array): string {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return createHash('sha1').update(`${type} ${bytes.length}\0`).update(bytes).digest('hex');
}

/** Returns the id of a folder of plain files. */
export function treeId(files: Readonly<Record<string, string>>): string {
  const entries = Object.keys(files)
    .toSorted()
    .map((name) =>
      Buffer.concat([
        Buffer.from(`100644 ${name}\0`),
        Buffer.from(objectId('blob', files[name] ?? ''), 'hex'),
      ]),
    );
  return objectId('tree', Buffer.concat(entries));
}

// Opens a store, which migrates it, at the same moment as others do. Usage: migrator.ts <store>
import { openStore } from '../../packages/core/src/store/open-store.ts';

const [path = ''] = process.argv.slice(2);
process.send?.('ready');
await new Promise<void>((resolve) => {
  process.once('message', () => resolve());
});
const store = await openStore(path);
await store.close();
process.send?.({ schemaVersion: store.schemaVersion });
process.disconnect?.();

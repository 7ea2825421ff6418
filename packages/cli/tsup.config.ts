import { definePackage } from '../../scripts/package-build/define-package.ts';

export default definePackage(import.meta.url, {
  entries: { bin: 'src/bin.ts' },
  needsRequire: true,
  selfContained: true,
});

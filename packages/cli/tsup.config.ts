import { definePackage } from '../../scripts/package-build/define-package.ts';

export default definePackage(import.meta.url, {
  entries: { bin: 'src/launch.ts' },
  needsRequire: true,
  selfContained: true,
});

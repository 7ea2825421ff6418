import { definePackage } from '../../scripts/package-build/define-package.ts';

// Prometheus' client is CommonJS.
export default definePackage(import.meta.url, { needsRequire: true });

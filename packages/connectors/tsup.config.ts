import { definePackage } from '../../scripts/package-build/define-package.ts';

// Slack's own client is CommonJS.
export default definePackage(import.meta.url, { needsRequire: true });

import { definePackage } from '../../scripts/package-build/define-package.ts';

export default definePackage(import.meta.url);

import type { Vendor } from '../http/vendor.ts';

export const githubVendor: Vendor = {
  source: 'github',
  title: 'GitHub',
  addressHint: 'Write https://api.github.com, or https://HOST/api/v3 for GitHub Enterprise Server.',
  page: 'docs/connectors/github.md',
};

import type { Vendor } from '../http/vendor.ts';

export const jiraVendor: Vendor = {
  source: 'jira',
  title: 'Jira',
  addressHint: 'Write https://NAME.atlassian.net, or https://api.atlassian.com/ex/jira/CLOUD-ID.',
  page: 'docs/connectors/jira.md',
};

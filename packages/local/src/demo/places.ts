/** Where Example Corp is: the same ids that every simulator begins with. */
export const ACCOUNT = "111122223333"; // AWS
export const STORE = "d-1234567890"; // Identity Center
export const ORG = "example"; // Okta
export const SITE = "example"; // Jira

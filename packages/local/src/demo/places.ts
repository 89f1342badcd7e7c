/** Where Example Corp is: the same ids that every simulator begins with. */
export const ACCOUNT = "111122223333"; // AWS
export const STORE = "d-1234567890"; // Identity Center
export const ORG = "example"; // Okta
export const SECURITY = "00g1security0example"; // its group of security
export const OPERATORS = "1a2b3c4d5e-89ab-4def-8123-456789abcdef"; // Identity Center's group of those who operate Leasehold
export const SITE = "example"; // Jira

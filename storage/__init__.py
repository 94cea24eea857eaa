"""What is kept: tables and statements of the two stores; speaks SQL, knows no Slack."""

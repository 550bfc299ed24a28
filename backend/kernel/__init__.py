"""Words every domain shares: money, period, errors, bilingual text. Pure; imports nothing of ours."""

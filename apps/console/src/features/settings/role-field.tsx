'use client';
import { ROLES, roleAtLeast, type Role } from '@transcode/contracts';
import { SelectField } from '@transcode/ui';
import { useState } from 'react';
import { formText } from '../../lib/form-text.ts';
import { ROLE_WORDS } from './role-words.ts';

interface RoleFieldProps {
  readonly initial: Role;
  /** Roles above it are not offered. */
  readonly most: Role;
}

/** The choice of a role; below it stands what the chosen one may do. */
export function RoleField({ initial, most }: RoleFieldProps) {
  const [role, setRole] = useState(initial);
  return (
    <SelectField
      label="Role"
      name="role"
      value={role}
      hint={ROLE_WORDS[role].may}
      onChange={(event) => setRole(ROLES.find((one) => one === event.target.value) ?? role)}
    >
      {ROLES.filter((one) => roleAtLeast(most, one)).map((one) => (
        <option key={one} value={one}>
          {ROLE_WORDS[one].name}
        </option>
      ))}
    </SelectField>
  );
}

/** What was chosen in a form with the field; it offers nothing else. */
export function chosenRole(form: FormData, initial: Role): Role {
  const text = formText(form, 'role');
  return ROLES.find((role) => role === text) ?? initial;
}

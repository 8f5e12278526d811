import type { SvgIconComponent } from '@mui/icons-material';
import type { RouteObject } from 'react-router';

/** The parts of the navigation, with Pelion's names, in this order. */
export const sections = ['dashboard', 'directory', 'identity', 'firmware', 'access', 'jobs', 'integrations', 'team', 'tools'] as const;

export type Section = (typeof sections)[number];

export interface NavigationEntry {
  section: Section;
  /** Path within the console. */
  to: string;
  /** Key of the label in the feature's texts. */
  label: string;
  icon: SvgIconComponent;
  /** For administrators alone. */
  administrators?: boolean;
  /** The second key after `g`: `g d`. */
  shortcut?: string;
}

/** What a folder of `features/` registers. Its id is the namespace of its texts, too. */
export interface Feature {
  id: string;
  /** Below the layout, for who is signed in. Give pages `lazy`, so that they are not in the first page's script. */
  routes: RouteObject[];
  navigation?: NavigationEntry[];
}

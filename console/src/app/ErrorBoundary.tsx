import { Component, type ErrorInfo, type ReactNode } from 'react';
import { Problem } from '../components/Problem';

/** Shows what went wrong in place of what could not be shown; the rest of the console stays. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    console.error(error, info.componentStack);
  }

  override render(): ReactNode {
    return this.state.error === null ? this.props.children : <Problem error={this.state.error} onRetry={() => location.reload()} />;
  }
}

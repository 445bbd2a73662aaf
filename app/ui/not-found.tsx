import { isRouteErrorResponse, useRouteError } from "@remix-run/react";
import { Card, EmptyState, Page } from "@shopify/polaris";

type Props = { title: string; text: string; back: { content: string; url: string } };

/** For a route's ErrorBoundary: says in words what is not there, and leaves every other error to the frame. */
export function NotFound({ title, text, back }: Props) {
  const error = useRouteError();
  if (!isRouteErrorResponse(error) || error.status !== 404) throw error;

  return (
    <Page title={title} backAction={back}>
      <Card>
        <EmptyState heading={title} image="" action={back}>
          <p>{text}</p>
        </EmptyState>
      </Card>
    </Page>
  );
}

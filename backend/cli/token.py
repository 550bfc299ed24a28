"""`hatif token`: sign a member of staff in, for reading the API."""

from typing import Annotated

import httpx
import typer

from backend.cli.terminal import HOME, PORT, HomeOption, PortOption, fail, product_url

app = typer.Typer()


@app.command()
def token(
    username: Annotated[str, typer.Argument(help="The user name, as the start page lists it.")],
    password: Annotated[str, typer.Option(prompt=True, hide_input=True, help="Asked for when left out.")],
    home: HomeOption = HOME,
    port: PortOption = PORT,
) -> None:
    """Print a bearer token: curl -H "Authorization: Bearer $(hatif token admin --password ...)" URL."""
    body = {"username": username, "password": password}
    try:
        answer = httpx.post(f"{product_url(home, port)}/access/v1/token", json=body, timeout=10)
    except httpx.HTTPError as error:
        raise fail(f"the product does not answer: {error}") from error
    if answer.is_error:
        raise fail(str(answer.json().get("title")))
    typer.echo(answer.json()["accessToken"])

"""What every answer of the house tells a browser, whichever door it leaves by: that it may do little with it."""

FEATURES = (
    "accelerometer",
    "autoplay",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "screen-wake-lock",
    "usb",
    "xr-spatial-tracking",
)
OWN_FEATURES = ("publickey-credentials-create", "publickey-credentials-get")
"""For passkeys: our own pages may ask for one, a page of another inside ours may not."""
HEADERS = {
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": ", ".join(
        [*(f"{feature}=()" for feature in FEATURES), *(f"{feature}=(self)" for feature in OWN_FEATURES)]
    ),
    "X-Robots-Tag": "noindex",
}
POLICY_OF_DOCUMENTS = "sandbox; default-src 'none'"
"""The Content-Security-Policy of a PDF."""

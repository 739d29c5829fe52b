"""What is said on signing in and about an account: on the screen, and in the mails that tell of a change."""

CODES_MADE = "You have new recovery codes. Earlier ones do not work any more."

SAID = {
    "account/messages/password_changed.txt": "Your password was changed.",
    "mfa/messages/totp_activated.txt": "Your authenticator app is set up.",
    "mfa/messages/totp_deactivated.txt": "Your authenticator app was taken off.",
    "mfa/messages/webauthn_added.txt": "Your passkey is set up.",
    "mfa/messages/webauthn_removed.txt": "The passkey was taken off.",
    "mfa/messages/recovery_codes_generated.txt": CODES_MADE,
}
"""Sentences on the next page, by the name that allauth gives the occasion; at any other nothing is said."""

TOLD = {
    "account/email/password_changed": "your password was changed",
    "account/email/password_reset": "your password was set anew by a link in a mail",
    "mfa/email/totp_activated": "an authenticator app was set up",
    "mfa/email/totp_deactivated": "an authenticator app was taken off",
    "mfa/email/webauthn_added": "a passkey was set up",
    "mfa/email/webauthn_removed": "a passkey was taken off",
    "mfa/email/recovery_codes_generated": "new recovery codes were made",
    "people/invitation_used": "an invitation was used, and what let you in before does so no more",
    "people/school_linked": "the sign-in of a school was linked to it",
    "people/school_unlinked": "the sign-in of a school was unlinked",
    "people/second_step_off": (
        "your second step and your password were taken off by your technical administrator; a mail with a new way in "
        "is on its way to you"
    ),
    "people/signed_out_everywhere": "you were signed out everywhere",
}
"""What a mail tells of, by the name that allauth gives the occasion."""

OWN_STEP_FIRST = (
    "Before you change anything, set up an app or a passkey of your own. If that does not open, sign out and in again."
)
LINKED_ELSEWHERE = "That school account is linked to another account here. Ask your coordinator."
ONLY_WAY_IN = "This is your only way in. Set up a passkey before you unlink it."
NO_MATCH = "The e-mail address and the password do not go together. Check both and try again."
PAUSE = "There have been too many tries. Wait 15 minutes, then try again, or ask your coordinator."
WRONG = {
    "email_password_mismatch": NO_MATCH,
    "incorrect_code": "That code or passkey was not right, or it was used already. Try again with the next code.",
    "incorrect_password": "That is not your password. Try again.",
    "enter_current_password": "That is not your password now. Try again.",
    "invalid_password_reset": "This link does not work any more.",
    "too_many_login_attempts": PAUSE,
    "rate_limited": PAUSE,
    "cannot_delete_authenticator": "This is your only second step. Set up another one before you take this one off.",
}
"""What is wrong, by the name that allauth gives it."""

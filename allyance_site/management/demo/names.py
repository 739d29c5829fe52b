"""Invented first and family names for the demo's children and their carers; each is used in its turn."""

_FIRST = """
Wren Jude Amara Idris Poppy Kofi Elsie Rafe Noor Tobin Maisie Arlo Zainab Finlay Ottoline Dev Hettie Samir Ivy
Caspian Lena Yusuf Bryony Malachi Ffion Oskar Anjali Teddy Rosalind Ikenna Marnie Piotr Saffron Callan Aoife
Ravi Juno Bertie Leocadia Hamza Tilda Emrys Nadine Solomon Petra Rory Khadija Laurie Seren Alfie Mabel Jem
Ayesha Corin Flora Dara Nico Edie Tariq Beatrix Zofia Merryn Kai Odette Ishaan Lowri
"""
_FAMILY = """
Marlow Nettleton Oakshott Pemberly Quennell Rushden Silverton Thackray Underhill Varley Whitcombe Yardley Ambler
Birtwhistle Copplestone Dransfield Eddowes Fairweather Goldsack Hathersage Inchbald Jellicott Kettlewell
Lovibond Merriweather Norbury Osgathorpe Purslow Rainbird Starling Tuckwell Uppington Vesper Wigglesworth
Ashgrove Bramhope Chillingham Dewsnap Elphick Fothergale Greenhalf Honeybourne Iremade Juddery Kilburnie Lanyon
Mossley Nightgale Oldacre Peverelle Quickfall Ravensby Saltmarsh Tranmore Umberleigh Venables Wainfleet Yelland
Zealley Aldersyde Bexhurst Corriemuir Dewhirst Eastaway Farnell Gillow Hexter Ironmonger
"""

FIRST_NAMES = tuple(_FIRST.split())
FAMILY_NAMES = tuple(_FAMILY.split())
MOTHERS = ("Ada", "Bea", "Carys", "Dina", "Esther", "Farah", "Greta", "Halima", "Isla", "Joan", "Kemi", "Lotte")
FATHERS = ("Abel", "Bruno", "Cyril", "Dewi", "Ezra", "Farid", "Gareth", "Hal", "Imran", "Joss", "Kwame", "Leif")
